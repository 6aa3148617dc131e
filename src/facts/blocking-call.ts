import { choice, defineFact, text } from './fact.js';

export const blockingCall = defineFact(
  'blocking-call',
  'A call within a request that does not let go of its thread until it is done.',
  {
    call: text('As it is written: "requests.get".'),
    kind: choice(
      ['network', 'database', 'process', 'computation', 'sleep', 'disk', 'stream'],
      'What takes the time: an answer of another service or of a database, another program, work of the processor, nothing, a file, or a response that is read to its end before it is sent.',
    ),
    handler: text('The function that the request comes to.'),
    loop: choice(
      ['always', 'by-server', 'by-greenlets'],
      'Whether its code runs on an event loop by the nature of its language, or only where the server of the component has one, or has green threads.',
    ),
    remedy: text('What does the same without blocking, as code to write.'),
  },
);
