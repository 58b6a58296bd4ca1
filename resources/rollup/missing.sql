-- Organisations you asked, of which no file is in.
SELECT code, name, type, expected_cameras
FROM body_count
WHERE asked = 1 AND answered = 0
ORDER BY name, code
