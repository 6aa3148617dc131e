/** Where a storage class keeps files. `local` is the disk of the machine, `database` a table, `memory` the process. */
export interface StorageBackEnd {
  readonly store: string;
  readonly keeper: 'local' | 'memory' | 'database' | 'remote';
}

const local: StorageBackEnd = { store: 'local disk', keeper: 'local' };
const s3: StorageBackEnd = { store: 'S3', keeper: 'remote' };
const google: StorageBackEnd = { store: 'Google Cloud Storage', keeper: 'remote' };
const azure: StorageBackEnd = { store: 'Azure Blob Storage', keeper: 'remote' };
const dropbox: StorageBackEnd = { store: 'Dropbox', keeper: 'remote' };
const minio: StorageBackEnd = { store: 'MinIO', keeper: 'remote' };
const cloudinary: StorageBackEnd = { store: 'Cloudinary', keeper: 'remote' };
const oss: StorageBackEnd = { store: 'Alibaba OSS', keeper: 'remote' };
const table: StorageBackEnd = { store: 'database', keeper: 'database' };

/** Django 5.2, ref/files/storage; django-storages 1.14, and the documentation of each other package. */
const STORAGES: Readonly<Record<string, StorageBackEnd>> = {
  'django.core.files.storage.FileSystemStorage': local,
  'django.core.files.storage.filesystem.FileSystemStorage': local,
  'django.core.files.storage.InMemoryStorage': { store: 'local memory', keeper: 'memory' },
  'django.core.files.storage.memory.InMemoryStorage': { store: 'local memory', keeper: 'memory' },
  'django.contrib.staticfiles.storage.StaticFilesStorage': local,
  'django.contrib.staticfiles.storage.ManifestStaticFilesStorage': local,
  'storages.backends.s3.S3Storage': s3,
  'storages.backends.s3.S3StaticStorage': s3,
  'storages.backends.s3.S3ManifestStaticStorage': s3,
  'storages.backends.s3boto3.S3Boto3Storage': s3,
  'storages.backends.s3boto3.S3StaticStorage': s3,
  'storages.backends.s3boto.S3BotoStorage': s3,
  'storages.backends.gcloud.GoogleCloudStorage': google,
  'storages.backends.azure_storage.AzureStorage': azure,
  'storages.backends.dropbox.DropboxStorage': dropbox,
  'storages.backends.dropbox.DropBoxStorage': dropbox,
  'storages.backends.sftpstorage.SFTPStorage': { store: 'SFTP', keeper: 'remote' },
  'storages.backends.ftp.FTPStorage': { store: 'FTP', keeper: 'remote' },
  'storages.backends.apache_libcloud.LibCloudStorage': { store: 'Libcloud', keeper: 'remote' },
  'django_s3_storage.storage.S3Storage': s3,
  'cloudinary_storage.storage.MediaCloudinaryStorage': cloudinary,
  'cloudinary_storage.storage.RawMediaCloudinaryStorage': cloudinary,
  'cloudinary_storage.storage.VideoMediaCloudinaryStorage': cloudinary,
  'minio_storage.storage.MinioMediaStorage': minio,
  'minio_storage.MinioMediaStorage': minio,
  'django_minio_backend.models.MinioBackend': minio,
  'django_minio_backend.MinioBackend': minio,
  'django_gcloud_storage.DjangoGCloudStorage': google,
  'swift.storage.SwiftStorage': { store: 'OpenStack Swift', keeper: 'remote' },
  'django_oss_storage.backends.OssMediaStorage': oss,
  'django_oss_storage.backends.OssStorage': oss,
  'django_backblaze_b2.BackblazeB2Storage': { store: 'Backblaze B2', keeper: 'remote' },
  'django_backblaze_b2.storage.BackblazeB2Storage': { store: 'Backblaze B2', keeper: 'remote' },
  'db_file_storage.storage.DatabaseFileStorage': table,
  'binary_database_files.storage.DatabaseStorage': table,
  'database_files.storage.DatabaseStorage': table,
};

export function storageBackEnd(name: string): StorageBackEnd | undefined {
  return STORAGES[name];
}
