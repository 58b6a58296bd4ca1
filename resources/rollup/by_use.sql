-- title: How organisations use their cameras
-- Their own answers: the assessment (DPIA), the policy, the signs, who may look at footage.
-- question [use] Question: What was asked.
-- said [use-answer] Answer: What they answered; 'not answered' where they did not.
-- body_type [kind] Kind of organisation: As the list of those asked says, else the newest file; the last row of each is all bodies.
-- counted [number] Counted: Bodies of the kind that are counted; columns of bodies are out of these.
-- bodies [number] Organisations: Counted bodies that answered so.
-- cameras [number] Cameras: Their cameras, each once.
SELECT question, said, body_type, counted, bodies, cameras
FROM written_down
WHERE question IN ('dpia', 'policy', 'signs', 'footage_access')
ORDER BY question, said, is_total, body_type
