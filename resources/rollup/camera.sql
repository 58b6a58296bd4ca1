-- The cameras of all bodies that answered: one row for each body, answer, place type and year of installation.
-- band: how sure it is who made them; 'not known' holds what needs checking too.
-- listed: 1 where the maker is named by a list that is counted (chosen_list) and the band names the maker.
-- may_be_listed: 1 where it is not, and such a list names a maker that it may have.
-- based: 1 where the band names the maker and its own legal seat is in China, by our reading of a statement that names no company;
-- whether a list names it too, or the reading is counted (chosen_list), makes no difference.
-- found: each camera once in its body. found_once: without those that are counted in another body.
SELECT
  tally.body AS body,
  body.type AS body_type,
  tally.answer AS answer,
  CASE WHEN answer.grade IN ('confirmed', 'almost-certain', 'likely') THEN answer.maker END AS maker,
  CASE
    WHEN answer.maker IS NULL THEN 'not known'
    WHEN answer.grade IN ('confirmed', 'almost-certain') THEN 'certain'
    WHEN answer.grade = 'likely' THEN 'likely'
    ELSE 'not known'
  END AS band,
  CASE WHEN counted_list.named = 1 AND answer.maker IS NOT NULL AND answer.grade IN ('confirmed', 'almost-certain', 'likely')
    THEN 1 ELSE 0 END AS listed,
  CASE
    WHEN counted_list.answer IS NULL THEN 0
    WHEN counted_list.named = 1 AND answer.maker IS NOT NULL AND answer.grade IN ('confirmed', 'almost-certain', 'likely') THEN 0
    ELSE 1
  END AS may_be_listed,
  CASE
    WHEN answer.maker IS NULL THEN 0
    WHEN answer.grade NOT IN ('confirmed', 'almost-certain', 'likely') THEN 0
    ELSE answer.based_in_china
  END AS based,
  tally.building_kind AS building_kind,
  tally.inside_outside AS inside_outside,
  tally.in_sensitive AS in_sensitive,
  tally.installed_year AS installed_year,
  tally.found AS found,
  tally.found_elsewhere AS found_elsewhere,
  tally.found - tally.found_elsewhere AS found_once,
  tally.unconfirmed AS unconfirmed
FROM tally
JOIN body ON body.id = tally.body
JOIN answer ON answer.id = tally.answer
LEFT JOIN (
  SELECT answer_list.answer AS answer, 1 - min(answer_list.may) AS named
  FROM answer_list
  JOIN chosen_list ON chosen_list.list = answer_list.list
  GROUP BY answer_list.answer
) AS counted_list ON counted_list.answer = tally.answer
WHERE tally.counts_as = 'camera'
