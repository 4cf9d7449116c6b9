-- Shared by create.lua and restore.lua, which RedisScript appends to this file.

-- Writes a whole room that does not exist, and removes what is left of an earlier one under its id.
-- From the argument at index `first` on: the state, the entry state or '-' for none, the number of
-- members, of each its id and JSON, then each message.
local function write_room(room, chat, log, lost, epoch, seq, lifetime, first)
  local state, entry, members = ARGV[first], ARGV[first + 1], tonumber(ARGV[first + 2])
  -- The first write: Redis rejects it when its memory is full, but nothing after the first write.
  redis.call('HSET', room, 'epoch', epoch, 'seq', seq, 'state', state, 'places', members)
  redis.call('DEL', chat, log, lost)
  if entry ~= '-' then
    redis.call('HSET', room, 'entry', entry)
  end
  for place = 1, members do
    local at = first + 1 + 2 * place
    redis.call('HSET', room, 'm:' .. ARGV[at], place .. ' ' .. ARGV[at + 1])
  end
  redis.call('PEXPIRE', room, lifetime)
  for i = first + 3 + 2 * members, #ARGV do
    redis.call('RPUSH', chat, ARGV[i])
  end
  redis.call('PEXPIRE', chat, lifetime)
end
