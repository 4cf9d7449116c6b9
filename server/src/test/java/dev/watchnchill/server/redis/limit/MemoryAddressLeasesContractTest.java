package dev.watchnchill.server.redis.limit;

import dev.watchnchill.server.limit.AddressLeases;
import dev.watchnchill.server.limit.MemoryAddressLeases;

final class MemoryAddressLeasesContractTest extends AddressLeasesContract {
  @Override
  AddressLeases limit(int max) {
    return new MemoryAddressLeases(max);
  }
}
