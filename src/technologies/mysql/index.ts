import type { Technology } from '../technology.js';

export const technology: Technology = {
  id: 'mysql',
  title: 'MySQL and MariaDB',
  reads: [{ language: 'ini', paths: ['*.cnf', 'my.ini'], mentions: /^[ \t]*max[-_]connections\b/m }],
  runs: [
    {
      images: /(?:^|\/)(?:mysql|mysql-server|mariadb|mariadb-galera|percona|percona-server|percona-xtradb-cluster)$/,
      programs: /^(?:mysqld|mysqld_safe|mariadbd)$/,
      role: 'database',
    },
  ],
};
