-- title: What cameras can do, by maker
-- Makers that are confirmed, almost certain or likely. Each camera is counted once.
-- printed: capability=Any AI
-- pack: asked (makers as files name them)
-- capability [ability] Ability: What a camera can do; 'any' is any of them but sound and temperature.
-- maker [id] Maker's id: Our id of the maker; 'not known' where the maker is not known or needs checking.
-- maker_name [typed] Made by: The maker's name.
-- listed [yes] Listed: 1 where a list that is counted names the maker.
-- bodies_able [number] Organisations able: Bodies with a camera of the maker that can do it.
-- bodies_on [number] Organisations, on: Bodies with such a camera that said that it is on.
-- cameras_able [number] Cameras able: Cameras of the maker that can do it, each once.
-- cameras_on [number] Cameras, on: Those that said that it is on, each once.
SELECT
  of_maker.capability AS capability,
  of_maker.maker AS maker,
  coalesce(maker.name, of_maker.maker) AS maker_name,
  of_maker.listed AS listed,
  of_maker.bodies_able AS bodies_able,
  of_maker.bodies_on AS bodies_on,
  of_maker.cameras_able AS cameras_able,
  of_maker.cameras_on AS cameras_on
FROM (
  SELECT
    of_body.capability AS capability,
    of_body.maker AS maker,
    max(of_body.listed) AS listed,
    count(*) AS bodies_able,
    sum(CASE WHEN of_body.found_on > 0 THEN 1 ELSE 0 END) AS bodies_on,
    sum(of_body.found_once) AS cameras_able,
    sum(of_body.found_on_once) AS cameras_on
  FROM (
    SELECT
      counted.body AS body,
      counted.maker AS maker,
      able.capability AS capability,
      max(counted.listed) AS listed,
      sum(counted.found_once) AS found_once,
      sum(counted.found * able.is_on) AS found_on,
      sum(counted.found_once * able.is_on) AS found_on_once
    FROM (
      SELECT
        body,
        answer,
        coalesce(maker, 'not known') AS maker,
        max(listed) AS listed,
        sum(found) AS found,
        sum(found_once) AS found_once
      FROM camera
      GROUP BY body, answer, coalesce(maker, 'not known')
    ) AS counted
    JOIN able ON able.answer = counted.answer
    GROUP BY counted.body, counted.maker, able.capability
  ) AS of_body
  GROUP BY of_body.capability, of_body.maker
) AS of_maker
LEFT JOIN maker ON maker.id = of_maker.maker
ORDER BY of_maker.capability, of_maker.maker
