import type { Technology } from '../technology.js';

export const technology: Technology = {
  id: 'mysql',
  title: 'MySQL and MariaDB',
  reads: [],
  runs: [
    {
      images: /(?:^|\/)(?:mysql|mysql-server|mariadb|mariadb-galera|percona|percona-server|percona-xtradb-cluster)$/,
      programs: /^(?:mysqld|mysqld_safe|mariadbd)$/,
      role: 'database',
    },
  ],
};
