-- The makers that the counted lists (chosen_list) name themselves, without those that are only owned by one.
SELECT DISTINCT list_maker.maker AS maker
FROM list_maker
JOIN chosen_list ON chosen_list.list = list_maker.list
WHERE list_maker.is_named = 1
