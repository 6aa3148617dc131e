/** Methods that no GET runs. */
export const CHANGING =
  /^(?:post|put|patch|delete|create|update|partial_update|destroy|perform_\w+|form_valid|form_invalid|get_success_url|get_form\w*|options|head|save|validate\w*|to_internal_value|__str__|__repr__)$/;

/** What says nothing of who asks. */
export const IMPERSONAL =
  /^(?:GET|method|path|path_info|query_params|get_full_path|build_absolute_uri|resolver_match|scheme|is_secure|get_host|get_port|LANGUAGE_CODE|accepts|version|accepted_renderer|accepted_media_type|content_type|encoding|urlconf|parser_context|query|site|_request)$/;
export const ASKING = /^(?:GET|query_params|get_full_path|query)$/;
export const PERSONAL = /^(?:user|auser|session|COOKIES|get_signed_cookie|auth)$/;
export const TAKING = /^(?:POST|FILES|body|data|_body|read|upload_handlers)$/;

export const SAYING =
  /(?:^|\.)(?:cache_page|cache_control|never_cache|patch_cache_control|patch_response_headers|add_never_cache_headers|condition|etag|last_modified|cache_response)$/;
export const CACHING =
  /(?:^|\.)(?:cached|memoize|lru_cache|cached_as|cached_view\w*|get_or_set)$|(?:^|\.)cache\.(?:get|set|add|get_many|aget|aset)$|(?:^|\.)caches$/;
export const CACHE_HEADER =
  /^(?:cache-control|etag|expires|last-modified|surrogate-control|cdn-cache-control|surrogate-key|cache-tag)$/i;

export const WRITES =
  /^(?:save|asave|create|acreate|get_or_create|aget_or_create|update_or_create|aupdate_or_create|bulk_create|bulk_update|delete|adelete)$/;
export const ACTS =
  /^(?:delay|delay_on_commit|apply_async|send_task|send_mail|incr|set_cookie|set_signed_cookie|login|logout)$/;

/** What others hold, asked for over the network. */
export const FETCHES =
  /^(?:httpx\.(?:get|Client)\b|requests\.(?:get|Session)\b|urllib\.request\.urlopen$|feedparser\.parse$)/;

/** Answers that are no page: files, and the way to another page. */
export const ELSEWHERE =
  /^(?:FileResponse|StreamingHttpResponse|redirect|HttpResponseRedirect|HttpResponsePermanentRedirect)$/;

/** What gives a request to a library and changes nothing by it. */
export const HARMLESS =
  /^(?:django\.(?:shortcuts|template|http|utils|urls|core\.paginator|conf|views\.generic|contrib\.syndication|contrib\.sitemaps|contrib\.sites\.shortcuts)\b|rest_framework\b|builtins\.(?:super|getattr|hasattr|isinstance|print|str)\b)/;
