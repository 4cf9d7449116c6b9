/** The path of UDP between pages, which a test can cut: pages know each other by ports of this forwarder alone. */
import { type Socket, createSocket } from 'node:dgram';
import { once } from 'node:events';
import type { BrowserContext } from 'playwright-core';

async function bound(): Promise<Socket> {
  const socket = createSocket('udp4');
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return socket;
}

export class MediaPath {
  private open = true;
  private sockets: Socket[] = [];
  private readonly ports = new Map<string, Promise<number>>();
  /** Datagrams that came through. */
  passed = 0;

  /** Loses all ports for good, as a change of the network does, and what is sent by new ones until it is restored. */
  cut(): void {
    this.open = false;
    this.ports.clear();
    for (const socket of this.sockets.splice(0)) socket.close();
  }

  restore(): void {
    this.open = true;
  }

  /** Returns the port that leads to an address. */
  private leadTo(address: string, port: number): Promise<number> {
    const key = `${address} ${port}`;
    const known = this.ports.get(key);
    if (known !== undefined) return known;
    const made = this.forward(address, port);
    this.ports.set(key, made);
    return made;
  }

  /** Everybody who sends to the port gets a port of their own for the answers, as behind NAT. */
  private async forward(address: string, port: number): Promise<number> {
    const front = await bound();
    this.sockets.push(front);
    const backs = new Map<string, Promise<Socket>>();
    front.on('message', (data, from) => {
      if (!this.open) return;
      const key = `${from.address} ${from.port}`;
      const back =
        backs.get(key) ??
        bound().then((socket) => {
          this.sockets.push(socket);
          socket.on('message', (answer) => this.open && this.pass(front, answer, from.port, from.address));
          return socket;
        });
      backs.set(key, back);
      void back.then((socket) => this.pass(socket, data, port, address));
    });
    return front.address().port;
  }

  private pass(by: Socket, data: Buffer, port: number, address: string): void {
    this.passed++;
    try {
      by.send(data, port, address);
    } catch {
      // closed by a cut
    }
  }

  /** Lets the pages of a context reach others by this path alone. */
  readonly attach = async (context: BrowserContext): Promise<void> => {
    // Pages that may use the microphone name the addresses of the machine, and no mDNS names.
    await context.grantPermissions(['microphone']);
    await context.exposeFunction('__leadTo', (address: string, port: number) => this.leadTo(address, port));
    await context.addInitScript(() => {
      const { __leadTo } = window as unknown as { __leadTo(address: string, port: number): Promise<number> };
      window.RTCPeerConnection = class extends RTCPeerConnection {
        override setRemoteDescription(description: RTCSessionDescriptionInit): Promise<void> {
          const sdp = (description.sdp ?? '').replace(/^a=candidate:.*\r\n/gm, '');
          return super.setRemoteDescription({ ...description, sdp });
        }
        override async addIceCandidate(given?: RTCIceCandidateInit | null): Promise<void> {
          const words = (given?.candidate ?? '').split(' ');
          if (given === undefined || given === null || words.length < 6) return super.addIceCandidate(given);
          if (words[2]?.toLowerCase() !== 'udp' || words[4]?.includes(':') === true) return;
          words[5] = String(await __leadTo(words[4] ?? '', Number(words[5])));
          words[4] = '127.0.0.1';
          return super.addIceCandidate({ ...given, candidate: words.join(' ') });
        }
      } as typeof RTCPeerConnection;
    });
  };
}
