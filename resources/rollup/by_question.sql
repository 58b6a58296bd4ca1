-- title: What became of each question
-- Organisations by the answer to each question that counts. What they said in words is not here.
-- question [question] Question: What it asks for, in our words.
-- bodies [number] Organisations: Organisations that were asked it.
-- answered [number] Answered: Organisations: answered.
-- not_read [number] Not read yet: Organisations: not read yet.
-- refused [number] Refused: Organisations: refused.
-- not_held [number] Not held: Organisations: not held.
-- no_reply [number] No reply: Organisations: no reply.
-- low [number asked] Added up, at least: Their numbers added up; “yes” is 1 or more.
-- high [number asked] At most: Empty where one of them names no upper number.
SELECT
  asks AS question_id,
  min(heading) AS question,
  count(*) AS bodies,
  sum(CASE WHEN state = 'answered' THEN 1 ELSE 0 END) AS answered,
  sum(CASE WHEN state = 'replied' THEN 1 ELSE 0 END) AS not_read,
  sum(CASE WHEN state = 'refused' THEN 1 ELSE 0 END) AS refused,
  sum(CASE WHEN state = 'not-held' THEN 1 ELSE 0 END) AS not_held,
  sum(CASE WHEN state = 'no-reply' THEN 1 ELSE 0 END) AS no_reply,
  sum(CASE WHEN low IS NULL THEN 0 ELSE 1 END) AS with_figure,
  sum(CASE WHEN low > 0 THEN 1 ELSE 0 END) AS with_some,
  sum(CASE WHEN high = 0 THEN 1 ELSE 0 END) AS with_none,
  coalesce(sum(low), 0) AS low,
  CASE WHEN sum(CASE WHEN low IS NOT NULL AND high IS NULL THEN 1 ELSE 0 END) > 0 THEN NULL ELSE coalesce(sum(high), 0) END AS high,
  sum(CASE WHEN low IS NOT NULL AND high IS NULL THEN 1 ELSE 0 END) AS without_high
FROM claim
WHERE newest = 1 AND body IS NOT NULL
GROUP BY asks
ORDER BY asks
