-- title: By region
-- By the regions on the list of those asked: those measured by a search, those recorded in their own register, and those that answered.
-- Each counts in one way only.
-- pack: asked (words of the list of those asked)
-- region [typed] Region: As on the list of those asked; 'Not given' where it has none.
-- asked [number] Asked: Bodies on the list.
-- answered [number] Sent a file: Bodies of which a file is in.
-- replied [number] Replied: Bodies of which a file is in, or any answer, a refusal too.
-- measured [number] Measured: Bodies that are counted by a file, and by a search.
-- recorded [number] Recorded: Bodies that are counted by a file of what staff recorded.
-- claimed [number] By their answers: Bodies that are counted by what they answered.
-- bodies [number] With a listed maker: Of these three, with a camera whose maker is listed, likely and above, or that say so.
-- bodies_proven [number] Proven: Of these, where it is confirmed or almost certain.
-- bodies_claimed [number] As they say: Of bodies with a listed maker, those that say so.
-- bodies_none [id] With none: Of these three, that have none, or say so.
-- bodies_not_known [id] Not known: Of these three, of which neither can be said.
-- cameras [number] Cameras: Cameras of those with a file, each once.
-- listed [number] Made by a listed maker: Those among them whose maker is listed, likely and above.
-- listed_proven [number] Proven: Of these, confirmed or almost certain.
-- listed_most [number] At the most: With cameras that may be by a listed maker.
-- cameras_claimed [number] Cameras, as they say: How many those that answered say that they have, at the least.
-- listed_claimed [number] Listed, as they say: How many of them are by a listed maker, at the least.
SELECT
  coalesce(body.region, 'Not given') AS region,
  sum(both_ways.asked) AS asked,
  sum(coalesce(body_count.answered, 0)) AS answered,
  sum(both_ways.replied) AS replied,
  sum(CASE WHEN both_ways.way = 'measured' THEN 1 ELSE 0 END) AS measured,
  sum(CASE WHEN both_ways.way = 'recorded' THEN 1 ELSE 0 END) AS recorded,
  sum(CASE WHEN both_ways.way = 'claimed' THEN 1 ELSE 0 END) AS claimed,
  sum(both_ways.has) AS bodies,
  sum(both_ways.proven) AS bodies_proven,
  sum(CASE WHEN both_ways.has_by = 'claimed' THEN both_ways.has ELSE 0 END) AS bodies_claimed,
  sum(both_ways.has_none) AS bodies_none,
  sum(both_ways.not_known) AS bodies_not_known,
  sum(CASE WHEN both_ways.way IN ('measured', 'recorded') THEN both_ways.cameras_once ELSE 0 END) AS cameras,
  sum(CASE WHEN both_ways.way IN ('measured', 'recorded') THEN both_ways.listed_once ELSE 0 END) AS listed,
  sum(CASE WHEN both_ways.way IN ('measured', 'recorded') THEN both_ways.listed_proven_once ELSE 0 END) AS listed_proven,
  sum(CASE WHEN both_ways.way IN ('measured', 'recorded') THEN both_ways.listed_most_once ELSE 0 END) AS listed_most,
  sum(both_ways.claimed_cameras) AS cameras_claimed,
  sum(both_ways.claimed_listed) AS listed_claimed
FROM both_ways
JOIN body ON body.id = both_ways.body
LEFT JOIN body_count ON body_count.body = both_ways.body
GROUP BY coalesce(body.region, 'Not given')
ORDER BY 1
