-- What the devices of an answer can do, and whether they said that it is on; 'any' is any of these but sound and temperature.
SELECT answer, capability, CASE WHEN state = 'on' THEN 1 ELSE 0 END AS is_on
FROM answer_capability
WHERE state IN ('able', 'on', 'off') AND capability <> 'cloud-link'
UNION ALL
SELECT answer, 'any', max(CASE WHEN state = 'on' THEN 1 ELSE 0 END)
FROM answer_capability
WHERE state IN ('able', 'on', 'off') AND capability NOT IN ('cloud-link', 'audio', 'temperature')
GROUP BY answer
