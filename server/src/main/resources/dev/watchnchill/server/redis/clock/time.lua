-- The store's time; StoreTime says the rest.
return redis.call('TIME')
