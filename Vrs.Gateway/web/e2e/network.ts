import { connect, createServer, type Server, type Socket } from 'node:net';

/** A network between pages and a server that can lose everything without a word, as one out of reach does. */
export class Network {
  private readonly sockets = new Set<Socket>();
  private swallowing = false;
  /** Connections that were taken since it began to swallow. */
  swallowed = 0;

  private constructor(
    private readonly listener: Server,
    readonly url: string,
  ) {}

  static async to(server: string): Promise<Network> {
    const listener = createServer();
    await new Promise<void>(done => listener.listen(0, '127.0.0.1', done));
    const address = listener.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const network = new Network(listener, `https://localhost:${port}`);
    listener.on('connection', socket => network.carry(socket, Number(new URL(server).port)));
    return network;
  }

  /** From now on connections are made and nothing comes of them; those there are break. */
  swallow(): void {
    this.swallowing = true;
    this.sockets.forEach(socket => socket.destroy());
  }

  /** New connections are carried again. Those that were swallowed stay as they are. */
  recover(): void {
    this.swallowing = false;
  }

  close(): void {
    this.listener.close();
    this.sockets.forEach(socket => socket.destroy());
  }

  private carry(near: Socket, port: number): void {
    this.keep(near);
    if (this.swallowing) {
      this.swallowed++;
      return;
    }
    const far = connect(port, '127.0.0.1');
    this.keep(far);
    near.pipe(far).pipe(near);
    near.on('close', () => far.destroy());
    far.on('close', () => near.destroy());
  }

  private keep(socket: Socket): void {
    this.sockets.add(socket);
    // Why a connection broke matters to nobody here; that it did is what the other one is told.
    socket.on('error', () => socket.destroy());
    socket.on('close', () => this.sockets.delete(socket));
  }
}
