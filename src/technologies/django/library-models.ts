import type { PythonModule } from '../../link/python-code/python-code.js';
import type { Program } from '../../link/program.js';
import { lineStarts } from '../../location.js';
import { parsePython } from '../../parse/python/parser.js';

/**
 * Models that Django and well-known apps bring, with what leads from one to another; fields that lead nowhere are left out.
 * https://docs.djangoproject.com/en/5.2/ref/contrib/auth/ https://docs.djangoproject.com/en/5.2/ref/contrib/contenttypes/
 * https://django-taggit.readthedocs.io/en/latest/custom_tagging.html
 */
const SOURCES: Readonly<Record<string, string>> = {
  'django.contrib.auth.models': `
from django.db import models
from django.contrib.contenttypes.models import ContentType
class Permission(models.Model):
    content_type = models.ForeignKey(ContentType)
class Group(models.Model):
    permissions = models.ManyToManyField(Permission)
class PermissionsMixin(models.Model):
    groups = models.ManyToManyField(Group, related_name="user_set")
    user_permissions = models.ManyToManyField(Permission, related_name="user_set")
class AbstractUser(PermissionsMixin):
    username = models.CharField(max_length=150, unique=True)
    first_name = models.CharField(max_length=150)
    last_name = models.CharField(max_length=150)
    email = models.EmailField()
    is_staff = models.BooleanField()
    is_active = models.BooleanField()
    is_superuser = models.BooleanField()
class User(AbstractUser):
    pass
`,
  'django.contrib.contenttypes.models': `
from django.db import models
class ContentType(models.Model):
    pass
`,
  'django.contrib.admin.models': `
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.db import models
class LogEntry(models.Model):
    user = models.ForeignKey(settings.AUTH_USER_MODEL)
    content_type = models.ForeignKey(ContentType, null=True)
`,
  'rest_framework.authtoken.models': `
from django.db import models
class Token(models.Model):
    user = models.OneToOneField(settings.AUTH_USER_MODEL, related_name="auth_token")
`,
  'django.contrib.sites.models': `
from django.db import models
class Site(models.Model):
    pass
`,
  'taggit.models': `
from django.db import models
class Tag(models.Model):
    pass
`,
};

/** Where they stand, as modules that are no files of the repository. */
export function libraryModules(program: Program): readonly PythonModule[] {
  return program.pythonCode.memo('django:library-models', () =>
    Object.entries(SOURCES).map(([name, text]) => {
      const { tree, comments } = parsePython(text);
      // No file of a repository has such a path, so nothing can be told of one there.
      const path = `<${name}>`;
      return { path, name, document: { path, language: 'python', text, lines: lineStarts(text), tree, comments } };
    }),
  );
}
