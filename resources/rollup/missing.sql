-- Organisations you asked, of which no file and no answer is in, nor anything that is held or refused.
SELECT code, name, type, expected_cameras
FROM body_count
WHERE asked = 1 AND replied = 0
ORDER BY name, code
