import { useEffect, useState } from 'preact/hooks';

/** One value, its listeners, and a pure reducer in front of it. */
export interface Store<S, E> {
  get: () => S;
  send: (event: E) => void;
  listen: (listener: (state: S, event: E) => void) => () => void;
}

export function createStore<S, E>(initial: S, reduce: (state: S, event: E) => S): Store<S, E> {
  let state = initial;
  const listeners = new Set<(state: S, event: E) => void>();
  return {
    get: () => state,
    send(event) {
      const next = reduce(state, event);
      if (next === state) {
        return;
      }
      state = next;
      for (const listener of [...listeners]) {
        listener(state, event);
      }
    },
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** Renders again whenever the store changes. */
export function useStore<S, E>(store: Store<S, E>): S {
  const [state, setState] = useState(store.get);
  useEffect(() => {
    setState(store.get());
    return store.listen(setState);
  }, [store]);
  return state;
}
