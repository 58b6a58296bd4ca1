-- title: What was decided, and what is left to do
-- Of cameras, in the words of each organisation. What is left to do: cameras to be replaced, removed or put on a network of their
-- own that are still there.
-- printed: all
-- decision [word] Decision: What staff decided; 'undecided' where nobody has.
-- body_type [kind] Kind of organisation: As the list of those asked says, else the newest file; the last row of each is all bodies.
-- counted [number] Counted: Bodies of the kind that are counted; columns of bodies are out of these.
-- bodies [number] Organisations: Bodies with such a camera, also one that is gone.
-- cameras [number] Cameras there: Such cameras that are there, each once.
-- listed [number] Made by a listed maker: Those among them whose maker is listed, likely and above.
-- listed_proven [number] Proven: Of these, confirmed or almost certain.
-- listed_most [number] At the most: With cameras that may be by a listed maker.
-- left_to_do [number] Left to do: Cameras there that are to be replaced, removed or put on a network of their own.
-- gone [number] Gone: Cameras with that decision that are gone, each once.
WITH listed_answer AS (
  SELECT
    answer.id AS answer,
    CASE WHEN min(answer_list.may) = 0 AND answer.maker IS NOT NULL AND answer.grade IN ('confirmed', 'almost-certain', 'likely')
      THEN 1 ELSE 0 END AS listed,
    CASE WHEN min(answer_list.may) = 0 AND answer.maker IS NOT NULL AND answer.grade IN ('confirmed', 'almost-certain')
      THEN 1 ELSE 0 END AS proven
  FROM answer_list
  JOIN chosen_list ON chosen_list.list = answer_list.list
  JOIN answer ON answer.id = answer_list.answer
  GROUP BY answer.id, answer.maker, answer.grade
), decided AS (
  SELECT
    export.body AS body,
    item.decision AS decision,
    sum(CASE WHEN item.status = 'removed' THEN 0 ELSE item.in_nation END) AS cameras,
    sum(CASE WHEN item.status = 'removed' THEN 0 ELSE item.in_nation * coalesce(listed_answer.listed, 0) END) AS listed,
    sum(CASE WHEN item.status = 'removed' THEN 0 ELSE item.in_nation * coalesce(listed_answer.proven, 0) END) AS listed_proven,
    sum(CASE WHEN item.status = 'removed' OR listed_answer.answer IS NULL THEN 0 ELSE item.in_nation END) AS listed_most,
    sum(CASE WHEN item.status = 'removed' THEN item.in_nation ELSE 0 END) AS gone
  FROM item
  JOIN export ON export.id = item.export
  JOIN answer ON answer.id = item.answer
  LEFT JOIN listed_answer ON listed_answer.answer = item.answer
  WHERE item.decision IS NOT NULL AND export.state = 'accepted' AND item.in_body = 1
    AND coalesce(item.said_kind, answer.kind) = 'camera'
  GROUP BY export.body, item.decision
), of_body AS (
  SELECT body, decision, cameras, listed, listed_proven, listed_most, gone FROM decided
  UNION ALL
  SELECT
    body_count.body,
    'undecided',
    body_count.cameras_once - coalesce(done.cameras, 0),
    body_count.listed_once - coalesce(done.listed, 0),
    body_count.listed_proven_once - coalesce(done.listed_proven, 0),
    body_count.listed_most_once - coalesce(done.listed_most, 0),
    0
  FROM body_count
  LEFT JOIN (
    SELECT body, sum(cameras) AS cameras, sum(listed) AS listed, sum(listed_proven) AS listed_proven, sum(listed_most) AS listed_most
    FROM decided
    GROUP BY body
  ) AS done
    ON done.body = body_count.body
  WHERE body_count.cameras_once > coalesce(done.cameras, 0)
)
SELECT
  of_kind.decision AS decision,
  of_kind.body_type AS body_type,
  kind_total.counted AS counted,
  of_kind.bodies AS bodies,
  of_kind.cameras AS cameras,
  of_kind.listed AS listed,
  of_kind.listed_proven AS listed_proven,
  of_kind.listed_most AS listed_most,
  CASE WHEN of_kind.decision IN ('replace', 'remove', 'separate') THEN of_kind.cameras ELSE 0 END AS left_to_do,
  of_kind.gone AS gone
FROM (
  SELECT
    of_body.decision AS decision,
    body_kind.body_type AS body_type,
    body_kind.is_total AS is_total,
    count(*) AS bodies,
    sum(of_body.cameras) AS cameras,
    sum(of_body.listed) AS listed,
    sum(of_body.listed_proven) AS listed_proven,
    sum(of_body.listed_most) AS listed_most,
    sum(of_body.gone) AS gone
  FROM of_body
  JOIN body_kind ON body_kind.body = of_body.body
  GROUP BY of_body.decision, body_kind.body_type, body_kind.is_total
) AS of_kind
JOIN kind_total ON kind_total.body_type = of_kind.body_type AND kind_total.is_total = of_kind.is_total
ORDER BY of_kind.decision, of_kind.is_total, of_kind.body_type
