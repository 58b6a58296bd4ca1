-- title: Organisations that are missing
-- Organisations that were asked and sent neither a file nor an answer.
-- printed: all
-- name [name] Organisation: Its name.
-- official_number [code] Number: Its official number.
-- body_type [kind] Kind: Kind of organisation.
SELECT code, name, type, expected_cameras
FROM body_count
WHERE asked = 1 AND replied = 0
ORDER BY name, code
