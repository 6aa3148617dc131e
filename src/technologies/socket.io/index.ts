import { nodePackage } from '../node-package.js';

export const technology = nodePackage('socket.io', 'Socket.IO', ['socket.io', '@nestjs/platform-socket.io']);
