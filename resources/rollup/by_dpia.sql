-- title: Data protection impact assessments of cameras
-- A camera has one where staff wrote down its reference.
-- dpia [word] Assessment (DPIA): Whether the register has the reference of an assessment.
-- body_type [kind] Kind of organisation: As the list of those asked says, else the newest file; the last row of each is all bodies.
-- counted [number] Counted: Bodies of the kind that are counted; columns of bodies are out of these.
-- bodies [number] Organisations: Bodies with such a camera.
-- cameras [number] Cameras: Such cameras, each once.
SELECT said AS dpia, body_type, counted, bodies, cameras
FROM written_down
WHERE question = 'has_dpia'
ORDER BY place, said, is_total, body_type
