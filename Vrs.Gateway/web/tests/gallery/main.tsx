// Every page in every state, without a server: open /tests/gallery/?state=NAME on the development server.
import { mount } from '../../shared/ui/mount';
import { states } from './states';

const name = new URLSearchParams(window.location.search).get('state') ?? '';

mount(
  states[name]?.() ?? (
    <ul>
      {Object.keys(states).map(key => (
        <li key={key}>
          <a href={`?state=${key}`}>{key}</a>
        </li>
      ))}
    </ul>
  ),
);
