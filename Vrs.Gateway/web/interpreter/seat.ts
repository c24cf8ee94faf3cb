/** This page as a device that calls come to. Every load of the page is a device of its own: a page that is loaded anew
 * knows nothing of the legs it had. */
export interface Seat {
  /** The UUID of the page's SIP instance (RFC 5626). */
  instance: string;
  /** The device as the service names it. */
  device: string;
  /** The device this tab was before it was loaded anew, or null. */
  previous: string | null;
}

const storageKey = 'vrs.console';

/** Takes a seat; whoever loads the page anew in the same tab is known to be the same desk. */
export function takeSeat(storage: Storage = sessionStorage, uuid: () => string = () => crypto.randomUUID()): Seat {
  const instance = uuid();
  const device = `<urn:uuid:${instance}>`;
  const previous = storage.getItem(storageKey);
  storage.setItem(storageKey, device);
  return { instance, device, previous };
}
