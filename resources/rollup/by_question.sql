-- What became of each question: of how many organisations which answer counts, by its state; yes and no; and the figures added up.
-- with_figure: says how many, or yes or no; with_some: one or more; with_none: none. low and high are sums of those; without_high are those that give no upper number ("30 or more"),
-- and where there is one, the sum has none either: high is empty.
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
