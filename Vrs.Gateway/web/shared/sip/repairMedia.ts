import type { SipCall } from './sipCall';

/**
 * Calls whose media path broke while the connection was away look for a new one. The page that lost its connection does
 * it: if both ends did, their offers would cross.
 */
export async function repairMedia(
  calls: (SipCall | null | undefined)[],
  iceServers: () => Promise<RTCIceServer[]>,
): Promise<void> {
  for (const call of calls) {
    if (call?.mediaBroken === true) {
      call.repairMedia(await iceServers());
    }
  }
}
