import {
  type HubConnection,
  HubConnectionBuilder,
  HttpTransportType,
  type IHttpConnectionOptions,
  LogLevel,
} from '@microsoft/signalr';
import { backoffMs } from './backoff';
import type { Refusal } from './contracts';
import { LimitedSocket } from './limitedSocket';
import type { TokenKeeper } from './session';

export type HubState = 'connecting' | 'up' | 'down';

/** The client has no limit of its own for connecting; it takes another WebSocket, though its types do not say so. */
type HubOptions = IHttpConnectionOptions & { WebSocket: typeof WebSocket };

const firstRetryMs = 500;
const lastRetryMs = 4_000;

/** A hub connection that never gives up, with an answer in plain words when a request cannot be carried out. */
export class Hub {
  private readonly connection: HubConnection;
  private readonly stateListeners = new Set<(state: HubState) => void>();
  private stopped = false;

  constructor(url: string, keeper: TokenKeeper) {
    const options: HubOptions = {
      accessTokenFactory: () => keeper.token(),
      transport: HttpTransportType.WebSockets,
      skipNegotiation: true,
      WebSocket: LimitedSocket,
    };
    this.connection = new HubConnectionBuilder()
      .withUrl(url, options)
      .withAutomaticReconnect({
        nextRetryDelayInMilliseconds: context => backoffMs(context.previousRetryCount, firstRetryMs, lastRetryMs),
      })
      .configureLogging(LogLevel.None)
      .build();
    // The server pings every few seconds; a connection that is silent for longer than this is taken for dead.
    this.connection.serverTimeoutInMilliseconds = 15_000;
    this.connection.keepAliveIntervalInMilliseconds = 5_000;
    this.connection.onreconnecting(() => this.tell('down'));
    this.connection.onreconnected(() => this.tell('up'));
    this.connection.onclose(() => {
      this.tell('down');
      void this.start();
    });
  }

  /** What arrives is what the contracts say; the handler's own types state it. */
  on(method: string, handler: (...args: never[]) => void): void {
    this.connection.on(method, handler as (...args: unknown[]) => void);
  }

  onState(listener: (state: HubState) => void): void {
    this.stateListeners.add(listener);
  }

  /** Connects, trying again for as long as the page is open. */
  async start(): Promise<void> {
    this.tell('connecting');
    for (let attempt = 0; !this.stopped; attempt++) {
      try {
        await this.connection.start();
        this.tell('up');
        return;
      } catch {
        // Whatever the cause, the remedy is the same, and the banner already says that there is no connection.
        this.tell('down');
        await new Promise(resolve => setTimeout(resolve, backoffMs(attempt, firstRetryMs, lastRetryMs)));
      }
    }
  }

  async stop(): Promise<void> {
    this.stopped = true;
    await this.connection.stop();
  }

  /** Asks the server for something; null means it was done. */
  async ask(method: string, ...args: unknown[]): Promise<Refusal | null> {
    try {
      return (await this.connection.invoke<Refusal | null | undefined>(method, ...args)) ?? null;
    } catch {
      return { reason: 'unreachable', detail: 'The service did not answer. Wait for the connection, then try again.' };
    }
  }

  private tell(state: HubState): void {
    for (const listener of this.stateListeners) {
      listener(state);
    }
  }
}
