-- title: Data protection impact assessments of cameras
-- A camera has one where staff wrote down its reference.
-- dpia [word] Assessment (DPIA): Whether the register has the reference of an assessment.
-- body_type [kind] Kind of organisation: As the list of those asked says, else the newest file; the last row of each is all bodies.
-- counted [number] Counted: Bodies of the kind that are counted; columns of bodies are out of these.
-- bodies [number] Organisations: Bodies with such a camera.
-- cameras [number] Cameras: Such cameras, each once.
SELECT
  written_down.said AS dpia,
  written_down.body_type AS body_type,
  written_down.counted AS counted,
  written_down.bodies AS bodies,
  written_down.cameras AS cameras
FROM written_down
WHERE written_down.question = 'has_dpia'
ORDER BY written_down.place, written_down.said, written_down.is_total, written_down.body_type
