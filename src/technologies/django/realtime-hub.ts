import { state, type Stated } from '../../facts/fact.js';
import { realtimeHub } from '../../facts/realtime-hub.js';
import type { Program } from '../../link/program.js';
import { unknown } from '../../location.js';
import { isInstalled } from './apps.js';
import { broadcastsOf } from './channels/broadcasts.js';
import { layerOf, type Layer } from './channels/layer.js';
import { chosenBy, doubted } from './doubt.js';
import { REDIS_URL, setVariable } from './remedies.js';
import { settingsOf, type DjangoSettings } from './settings.js';

/** The channel layer of Channels, which hands messages on among consumers, views and workers. */
export function* fromProgram(program: Program): Iterable<Stated> {
  const settings = settingsOf(program);
  if (settings !== undefined) yield* doubted(settings, hubs(program, settings));
}

function* hubs(program: Program, settings: DjangoSettings): Iterable<Stated> {
  const layer = layerOf(program, settings, 'default');
  const broadcasts = broadcastsOf(program);
  const [broadcast] = broadcasts;
  if (layer !== undefined) {
    yield stated(program, settings, layer, broadcast === undefined ? [] : [broadcast]);
    return;
  }
  // Without CHANNEL_LAYERS get_channel_layer() gives None: who does not ask for that fails.
  const unguarded = broadcasts.find(({ guarded }) => !guarded);
  if (unguarded === undefined || settings.names.size === 0 || isInstalled(program, 'channels') === false) return;
  const gap = settings.gaps[0]?.message;
  const absent: Layer = {
    store: gap === undefined ? 'no channel layer at all' : unknown(gap),
    scope: gap === undefined ? 'process' : unknown(gap),
    location: settings.placeOf('CHANNEL_LAYERS'),
    setting: 'CHANNEL_LAYERS',
    variables: [],
    evidence: [],
  };
  yield stated(program, settings, absent, [{ ...unguarded, message: 'it fails here, where it speaks to others' }]);
}

function stated(
  program: Program,
  settings: DjangoSettings,
  layer: Layer,
  broadcast: readonly { message: string; location: Layer['location'] }[],
): Stated {
  return state(
    realtimeHub,
    layer.location,
    {
      store: layer.store,
      scope: layer.scope,
      broadcasts: broadcast.length > 0,
      // A WebSocket stays with one process; Channels has no long polling.
      polling: false,
      explicit: settings.names.has('CHANNEL_LAYERS'),
      setting: layer.setting,
      remedy: layer.scope === 'cluster' ? '' : remedyFor(program, settings, layer),
    },
    [...chosenBy(settings), ...broadcast.map(({ message, location }) => ({ message, location })), ...layer.evidence],
  );
}

const LAYER = 'channels_redis.core.RedisChannelLayer';

function remedyFor(program: Program, settings: DjangoSettings, layer: Layer): string {
  const wanted = { url: REDIS_URL, backEnd: LAYER };
  const setting = { name: 'CHANNEL_LAYERS', key: 'default' };
  const outside = setVariable(program, settings, setting, layer.location, layer.variables, wanted);
  if (outside !== undefined) return outside;
  const has = program.dependencies.some(({ name }) => name === 'channels-redis');
  const options = `"BACKEND": "${LAYER}", "CONFIG": {"hosts": ["${REDIS_URL}"]}`;
  const line = settings.names.has('CHANNEL_LAYERS') ? options : `CHANNEL_LAYERS = {"default": {${options}}}`;
  return has ? line : `${line}, of the package channels-redis`;
}
