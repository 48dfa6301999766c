" Files of MLflow queries.
if exists('b:current_syntax')
  finish
endif

syntax case ignore

syntax keyword mlqClause    SEARCH WHERE VIEW LIMIT
syntax match   mlqClause    /\<ORDER\_s\+BY\>/
syntax keyword mlqOrder     ASC DESC
syntax keyword mlqOperator  AND OR NOT IN LIKE ILIKE RLIKE BETWEEN IS NULL
syntax match   mlqOperator  /[=<>]\|!=\|<=\|>=\|<>/
syntax match   mlqEntity    /\%(\<SEARCH\s\+\)\@<=\h\w*/
syntax match   mlqView      /\%(\<VIEW\s\+\)\@<=\%(active\|deleted\|all\)\>/
syntax match   mlqNumber    /\%(\w\|\.\)\@1<!-\?\%(\d\+\%(\.\d*\)\?\|\.\d\+\)\%(e[-+]\?\d\+\)\?\%(\w\)\@!/

" What follows a dot is a key, whatever word it is.
syntax match   mlqKey       /\.\@1<=\%(\w\|[.\/-]\w\)\+/
syntax match   mlqPrefix    /\%(\w\|\.\)\@1<!\h\w*\ze\s*\./
syntax region  mlqQuotedKey start=/`/ end=/`/ oneline
syntax region  mlqString    start=/'/ skip=/''\|\\[\\']/ end=/'/
syntax region  mlqString    start=/"/ skip=/""\|\\[\\"]/ end=/"/

syntax match   mlqName      /^\s*\zs\h\%(\w\|-\)*\ze\s*:/
syntax match   mlqComment   /\%(--\|#\).*$/ contains=@Spell,mlqTodo
syntax keyword mlqTodo      TODO FIXME XXX contained

highlight default link mlqClause    Keyword
highlight default link mlqOrder     Keyword
highlight default link mlqOperator  Operator
highlight default link mlqEntity    Type
highlight default link mlqView      Constant
highlight default link mlqNumber    Number
highlight default link mlqPrefix    Type
highlight default link mlqKey       Identifier
highlight default link mlqQuotedKey Identifier
highlight default link mlqString    String
highlight default link mlqName      Function
highlight default link mlqComment   Comment
highlight default link mlqTodo      Todo

let b:current_syntax = 'mlq'
