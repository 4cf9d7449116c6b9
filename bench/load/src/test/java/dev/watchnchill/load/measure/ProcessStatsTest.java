package dev.watchnchill.load.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessStatsTest {
  private static final String STAT =
      "4711 (a (b) 1 2 c) S 1 4711 4711 0 -1 4194560 90 80 70 60 1234 567 8 9 20 0 31 0 99 1 2\n";
  private static final String STATUS = "Name:\tjava\nVmHWM:\t  999 kB\nVmRSS:\t  163996 kB\n";

  @Test
  void cpu_time_is_user_and_kernel_whatever_the_program_is_called() {
    ProcessStats.Cpu cpu = ProcessStats.cpu(STAT);
    assertThat(cpu.user()).isEqualTo(12.34);
    assertThat(cpu.all()).isEqualTo(18.01);
    assertThat(cpu.since(new ProcessStats.Cpu(18, 12.3)))
        .isEqualTo(new ProcessStats.Cpu(0.01, 0.04));
  }

  @Test
  void memory_is_the_current_resident_size() {
    assertThat(ProcessStats.rssKb(STATUS)).isEqualTo(163_996);
  }

  @Test
  void files_are_read_from_the_process_directory(@TempDir Path directory) throws Exception {
    Files.writeString(directory.resolve("stat"), STAT);
    Files.writeString(directory.resolve("status"), STATUS);
    ProcessStats proc = new ProcessStats(directory);
    assertThat(proc.cpu().all()).isEqualTo(18.01);
    assertThat(proc.rssKb()).isEqualTo(163_996);
  }

  @Test
  void missing_process_is_an_error() {
    assertThatThrownBy(() -> new ProcessStats(Long.MAX_VALUE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("there is no process");
  }
}
