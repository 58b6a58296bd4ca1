-- title: What cameras are for
-- In the words of staff.
-- pack: asked (words typed by staff)
-- purpose [typed] Purpose: The purpose; 'Not recorded' where staff wrote down none.
-- body_type [kind] Kind of organisation: As the list of those asked says, else the newest file; the last row of each is all bodies.
-- counted [number] Counted: Bodies of the kind that are counted; columns of bodies are out of these.
-- bodies [number] Organisations: Bodies with such a camera.
-- cameras [number] Cameras: Such cameras, each once.
SELECT
  written_down.said AS purpose,
  written_down.body_type AS body_type,
  written_down.counted AS counted,
  written_down.bodies AS bodies,
  written_down.cameras AS cameras
FROM written_down
WHERE written_down.question = 'purpose'
ORDER BY written_down.place, written_down.said, written_down.is_total, written_down.body_type
