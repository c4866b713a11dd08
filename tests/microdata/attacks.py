"""Conditions that are none: each must be refused, whatever would have become of it."""

from __future__ import annotations

ATTACKS = [
    # other tables, other statements
    "name IN (SELECT 1)", "EXISTS (SELECT 1)", "(SELECT count(*) FROM read_text('/etc/passwd')) > 0",
    "listed UNION SELECT 1", "listed; DROP TABLE t0", "listed; COPY t0 TO '/tmp/x'", "COPY t0 TO '/tmp/x'",
    "listed LIMIT 3", "listed ORDER BY 1", "listed GROUP BY 1", "listed QUALIFY TRUE", "listed WINDOW w AS ()",
    "1=1) OR (1=1", "t0.name = 'x'", "main.t0.name = 'x'", '"t0"."name" = \'x\'', "PRAGMA database_list",
    "ATTACH '/tmp/x.db'", "SET enable_external_access = true", "listed = (FROM t0)", "listed AND (VALUES (TRUE))",
    "name = ANY (SELECT 1)", "name = ALL (SELECT 1)", "listed EXCEPT SELECT 1",
    # functions, in words or by operators
    "length(name) > 3", "read_csv('/etc/passwd') IS NULL", "read_text('/etc/passwd') = ''", "getenv('HOME') = 'x'",
    "current_setting('home_directory') = 'x'", "now() > day", "current_date > day", "random() > 0.5", "if(listed, 1, 0) = 1",
    "coalesce(name, '') = ''", "nullif(name, '') IS NULL", "sum(amount) > 1", "count(*) > 1", "row_number() OVER () = 1",
    "name ~ 'a'", "name SIMILAR TO 'a'", "name ILIKE 'a'", "name GLOB 'a*'", "name || 'a' = 'b'", "name COLLATE NOCASE = 'a'",
    "CASE WHEN listed THEN TRUE END", "name LIKE 'a!%' ESCAPE '!'", r"name LIKE '\%'", "name LIKE code",
    "name.upper() = 'A'", "day + INTERVAL '1 day' > day", "EXTRACT(year FROM day) = 2020", "amount % 2 = 1",
    "amount // 2 = 1", "amount ** 2 = 4", "amount & 1 = 1", "@amount > 1", "amount! = 1",
    # casts
    "CAST(name AS INT) = 1", "name::INT = 1", "TRY_CAST(name AS INT) = 1", "CAST(name AS DATE) = day", "DATE name = day",
    "TIMESTAMP '2020-01-01' = day",
    # lambdas, lists, structs, parameters, stars
    "x -> x = 1", "lambda x: x = 1", "[1, 2] = [1]", "name[1] = 'a'", "{'a': 1} = 1", "(name, code) = ('a', 'b')",
    "struct_pack(a := 1) = 1", "MAP {'a': 1} = 1", "* = 1", "COLUMNS(*) = 1", "$1 = name", "? = name",
    ":x = name", "$$a$$ = name", "E'a' = name", "X'41' = name",
    # comments
    "listed -- and more", "listed /* and more */", "listed /* /* */ */", "/* a */ listed",
    # what looks alike
    "ｌｅｎｇｔｈ(name) > 3", "name ＝ 'a'", "name = ‘a’", "name = 'a' ； DROP TABLE t0", "ｌｉｓｔｅｄ", "nаme = 'a'",
    # no condition at all
    "", "  ", "name", "amount", "1", "'a'", "NULL", "name = amount", "listed > 1", "day = 2020", "day = '2020-13-01'",
    "amount > 'x'", "listed AND", "(((((", "nosuch = 1", "name = 'a", "name = \x00", "amount = 1e400", "amount = 0x10",
    "amount = 123456789012345678901", "1 < amount < 3", "name IS TRUE", "name IS DISTINCT FROM 'a'", "listed = NULL",
    # much of it
    "(" * 5000 + "listed" + ")" * 5000, "NOT " * 900 + "listed", " OR ".join(["listed"] * 800), "x" * 100_000,
    "listed" + " AND listed" * 20_000,
    # what looks alike, and what cannot be seen
    'lеngth(name) > 3', 'ѕum(amount) > 1', "ｓelect = 'a'", "na\u200bme = 'a'", "name = 'a' OR\u202e listed",
    'listed АND listed', 'name − 1 = 2', 'amount ≥ 3', 'amount × 2 = 1',
    # comments and templates
    'listed /*/**/*/ AND listed', 'listed --\n', 'listed # and more', 'listed // 2', '/*! listed */ listed',
    'listed AND/**/listed', 'listed {# x #}', '{{ listed }}', '{% if 1 %}',
    # casts
    'name::DATE = day', "name::text = 'a'", "amount::int::text = '1'", "('a')::blob = name", 'listed::int = 1',
    'CAST(listed AS STRUCT(a INT)) IS NULL', "TRY_CAST('a' AS DATE) IS NULL", 'DATE(name) = day',
    'INTERVAL 1 DAY IS NULL', "TIME '10:00' IS NULL", "CAST('2020-01-01' AS TIMESTAMP) = day",
    # structs, lists, comprehensions, columns
    "name.x = 'a'", "(name).x = 'a'", "name['x'] = 'a'", 't0.* = 1', '[x FOR x IN [1]] = [1]',
    '[x FOR x IN (SELECT 1)] = [1]', 'list_filter([1], x -> x > 0) = [1]', 'amount = ANY([1, 2])',
    "{'a': name}.a = 'a'", 'row(1, 2) = row(1, 2)', '(1, 2) IN ((1, 2))', 'array[1] = array[1]', 'unnest([1]) = 1',
    "COLUMNS('.*') = 1", "COLUMNS(c -> c LIKE 'n%') = 'a'", '* EXCLUDE (name) = 1', '*COLUMNS(*) = 1',
    'EXISTS (FROM t0)', 'NOT EXISTS (SELECT 1)',
    # parameters, and texts in other quotation marks
    '$tag$a$tag$ = name', 'name = $name', 'name = $1', 'name = ?', 'name = :1', 'name = @x', 'name = %s',
    'name = %(x)s', "name = U&'\\0041'", "name = b'1'", "name = N'a'", "name = r'a'", "name = 'a' 'b'",
    'name = "a" "b"', 'name = `a`', 'name = [name]', "name = 'a\\' OR 1=1 --'",
    # statements, clauses, tables
    ';listed', 'listed;;listed', 'listed; SELECT 1', 'listed; INSTALL httpfs', 'listed; LOAD httpfs',
    'listed; CALL dbgen(1)', "listed; EXPORT DATABASE '/tmp/x'", 'listed RETURNING 1', "listed INTO OUTFILE '/tmp/x'",
    'listed FOR UPDATE', 'listed USING SAMPLE 1', 'listed TABLESAMPLE 1 PERCENT', 'WITH x AS (SELECT 1) listed',
    'listed UNION ALL FROM t0', 'listed INTERSECT SELECT 1', 'listed OFFSET 1', 'listed FETCH FIRST 1 ROW ONLY',
    'listed HAVING TRUE', 'listed PIVOT (x)', 'name IN (FROM t0)', "name IN (VALUES ('a'))", 'name IN t0',
    "name IN UNNEST(['a'])", 'name NOT IN (SELECT name FROM t0)', '(TABLE t0) = 1', '(DESCRIBE t0) = 1',
    '(SUMMARIZE t0) = 1', '(SHOW TABLES) = 1',
    # functions, in words or by operators; what only looks like a field
    "current_setting('threads') = '1'", 'current_user = name', 'session_user = name', 'user = name',
    'current_database() = name', 'current_schema = name', 'version() = name', 'pg_sleep(9) IS NULL',
    "getvariable('x') IS NULL", "query('SELECT 1') IS NULL", "query_table('t0') IS NULL", "glob('/*') IS NULL",
    "read_blob('/etc/passwd') IS NULL", "read_parquet('/x') IS NULL", "sniff_csv('/x') IS NULL",
    'duckdb_secrets() IS NULL', "which_secret('a','b') IS NULL", "parse_path('/') IS NULL",
    "sqlite_scan('a','b') IS NULL", "regexp_matches(name, '(a+)+b')", "name REGEXP '(a+)+b'", "name RLIKE 'a'",
    "name !~ 'a'", "name ^@ 'a'", 'name <-> name = 1', "name LIKE 'a%' ESCAPE 'a'", "name LIKE ANY ('a')",
    "name LIKE ALL ('a')", "name NOT ILIKE 'a'", "reflect('java.lang.System','exit') IS NULL",
    "java_method('x','y') IS NULL", "input_file_name() = 'x'", 'uuid() = name', 'name.length() > 1', 'name |> length',
    'amount!', '~amount = 1', 'amount << 1 = 2', 'amount ^ 2 = 1', 'amount || 1 = 2', 'amount DIV 2 = 1',
    'amount MOD 2 = 1', '+amount = +1 AND abs(1) = 1', "CASE name WHEN 'a' THEN TRUE ELSE FALSE END",
    'IF listed THEN TRUE', 'listed ? listed : listed', 'listed XOR listed', 'listed && listed', 'listed || listed',
    'COALESCE(listed, TRUE)', 'IFNULL(listed, TRUE)', 'GREATEST(1, 2) = 2', 'name IS JSON', "name::JSON -> 'a' = 'b'",
    "name ->> 'a' = 'b'", "name #> 'a' = 'b'", 'name @> name', 'name <@ name', 'name && name',
    "day AT TIME ZONE 'UTC' = day", 'day OVERLAPS day', "name OPERATOR(pg_catalog.=) 'a'", 'amount <=> 1',
    'ROWNUM = 1', 'rowid = 1', 'file_row_number = 1', "filename = 'a'", 'bdx_row = 1', 'LEVEL = 1',
    'PRIOR name = name', 'name = DEFAULT', 'name = CURRENT_TIMESTAMP', 'name = LOCALTIME', "PREVIOUS(name) = 'a'",
    "LAG(name) OVER () = 'a'", 'count(*) FILTER (WHERE listed) > 1', "ANY_VALUE(name) = 'a'", 'GROUPING(name) = 1',
    'MACRO(name) = 1', 'amount BETWEEN SYMMETRIC 1 AND 2', 'amount IS NOT DISTINCT FROM 1',
    'name = \'a\' COLLATE "C"', 'listed NOTNULL OR TRUE IS TRUE', 'amount ISNULL AND x',
    # numbers and dates that are none
    'amount = ' + '9' * 5000, 'amount = 0.' + '1' * 5000, 'amount = 1e' + '9' * 5000, 'amount = 1e99999',
    'amount = .5.5', 'amount = 0b1', 'amount = 1f', 'amount = 1L', "amount = 'NaN'", "amount = 'Infinity'",
    'amount = NaN', "amount = -'x'", "day = '0000-00-00'", "day = '2020-02-30'", "day = '20200101x'", 'amount = ٣',
    'amount = ３',
    # much of it
    'amount = ' + ' + '.join(['1'] * 1500), 'amount = ' + '-' * 3000 + '1', "name LIKE '" + '%a' * 2500 + "'",
    'name IN (' + ','.join(["'a'"] * 3000) + ')', 'NOT ' * 999 + 'listed', 'listed' + ' OR (listed' * 120 + ')' * 120,
    'amount' + ' = (amount' * 101 + ')' * 101, "name = '" + 'a' * 5000 + "'",
]  # fmt: skip
