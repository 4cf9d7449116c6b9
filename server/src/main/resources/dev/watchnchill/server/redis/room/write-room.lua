-- Shared by create.lua and restore.lua, which RedisScript appends to this file.

-- Writes a whole room that does not exist, and removes what is left of an earlier one under its id.
-- From the argument at index `first` on: the state, the number of other fields, of each its name and
-- value, the number of members, of each its id and JSON, then each message.
local function write_room(room, chat, log, lost, epoch, seq, lifetime, first)
  local first_field = first + 2
  local first_member = first_field + 2 * tonumber(ARGV[first + 1]) + 1
  local members = tonumber(ARGV[first_member - 1])
  -- The first write: Redis rejects it when its memory is full, but nothing after the first write.
  redis.call('HSET', room, 'epoch', epoch, 'seq', seq, 'state', ARGV[first], 'places', members)
  redis.call('DEL', chat, log, lost)
  -- In parts: Lua passes no more than about 8000 arguments.
  for i = first_field, first_member - 2, 1000 do
    redis.call('HSET', room, unpack(ARGV, i, math.min(i + 999, first_member - 2)))
  end
  for place = 1, members do
    local at = first_member + 2 * (place - 1)
    redis.call('HSET', room, 'm:' .. ARGV[at], place .. ' ' .. ARGV[at + 1])
  end
  redis.call('PEXPIRE', room, lifetime)
  for i = first_member + 2 * members, #ARGV do
    redis.call('RPUSH', chat, ARGV[i])
  end
  redis.call('PEXPIRE', chat, lifetime)
end
