/** What people start on their own machines: servers that reload, watchers, and commands that are called so. */
export const DEVELOPMENT_COMMAND =
  /\b(?:runserver(?:_plus)?|flask run|nodemon|ts-node-dev|tsx watch|webpack serve|webpack-dev-server|next dev|nuxt dev|ng serve|gatsby develop|fastapi dev|watchmedo|watchfiles|debugpy|jupyter(?:[ -]\w+)?|(?:npm|yarn|pnpm|bun)(?: run)? (?:dev|develop|watch|serve|start:dev)|rails s(?:erver)?|vite(?! build)|sleep infinity|tail -f \/dev\/null)\b|\s--(?:reload|watch|debug)\b|(?:^|[\s/_.-])dev(?:[_-]\w+)?(?:\.sh)?(?=\s|$)/;
