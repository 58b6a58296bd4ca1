-- title: How old the firmware is
-- Whole years from the build of the firmware to the record, where the camera says when it was built.
-- pack: security
-- age [word] Age: Years in bands; 'not known' where the camera does not say.
-- body_type [kind] Kind of organisation: As the list of those asked says, else the newest file; the last row of each is all bodies.
-- counted [number] Counted: Bodies of the kind that are counted; columns of bodies are out of these.
-- bodies [number] Organisations: Bodies with such a camera.
-- cameras [number] Cameras: Such cameras, each once.
SELECT
  written_down.said AS age,
  written_down.body_type AS body_type,
  written_down.counted AS counted,
  written_down.bodies AS bodies,
  written_down.cameras AS cameras
FROM written_down
WHERE written_down.question = 'firmware_age'
ORDER BY written_down.place, written_down.said, written_down.is_total, written_down.body_type
