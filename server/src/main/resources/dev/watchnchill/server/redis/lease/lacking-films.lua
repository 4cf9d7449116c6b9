-- Answers with the films that an instance does not have. InstanceFilmSet.java documents key,
-- arguments and answer. The first argument is the mark of a complete set.
local lacking = {}
if redis.call('SISMEMBER', KEYS[1], ARGV[1]) == 1 then
  for i = 2, #ARGV do
    if redis.call('SISMEMBER', KEYS[1], ARGV[i]) == 0 then
      table.insert(lacking, ARGV[i])
    end
  end
end
return lacking
