-- title: Cameras by type
-- What staff wrote down.
-- camera_type [word] Type: The type; 'not recorded' where staff wrote down none.
-- body_type [kind] Kind of organisation: As the list of those asked says, else the newest file; the last row of each is all bodies.
-- counted [number] Counted: Bodies of the kind that are counted; columns of bodies are out of these.
-- bodies [number] Organisations: Bodies with such a camera.
-- cameras [number] Cameras: Such cameras, each once.
SELECT said AS camera_type, body_type, counted, bodies, cameras
FROM written_down
WHERE question = 'camera_type'
ORDER BY place, said, is_total, body_type
