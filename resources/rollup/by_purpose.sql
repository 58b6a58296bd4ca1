-- title: What cameras are for
-- In the words of staff.
-- purpose [typed] Purpose: The purpose; 'Not recorded' where staff wrote down none.
-- body_type [kind] Kind of organisation: As the list of those asked says, else the newest file; the last row of each is all bodies.
-- counted [number] Counted: Bodies of the kind that are counted; columns of bodies are out of these.
-- bodies [number] Organisations: Bodies with such a camera.
-- cameras [number] Cameras: Such cameras, each once.
SELECT said AS purpose, body_type, counted, bodies, cameras
FROM written_down
WHERE question = 'purpose'
ORDER BY place, said, is_total, body_type
