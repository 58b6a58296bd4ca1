-- title: How organisations use their cameras
-- Their own answers: assessments, consultation, policies, signs, watch lists, complaints, who may look at footage.
-- question [use] Question: What was asked.
-- said [use-answer] Answer: What they answered; 'not answered' where they did not.
-- body_type [kind] Kind of organisation: As the list of those asked says, else the newest file; the last row of each is all bodies.
-- counted [number] Counted: Bodies of the kind that are counted; columns of bodies are out of these.
-- bodies [number] Organisations: Counted bodies that answered so.
-- cameras [number] Cameras: Their cameras, each once.
SELECT
  written_down.question AS question,
  written_down.said AS said,
  written_down.body_type AS body_type,
  written_down.counted AS counted,
  written_down.bodies AS bodies,
  written_down.cameras AS cameras
FROM written_down
WHERE written_down.question IN (
  'dpia', 'policy', 'signs', 'footage_access', 'equality', 'consultation', 'face_policy', 'watch_lists', 'complaints'
)
ORDER BY written_down.question, written_down.place, written_down.said, written_down.is_total, written_down.body_type
