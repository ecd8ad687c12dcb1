Feature: Starting a server, and its commands
  The operator reads one line when the server does not start, and scripts read the exit code. Neither the server nor a
  command may leave anything half done.

  @SV-17 @target.process
  Rule: A server that cannot or must not start reports why in one line and exits with the documented code

    Scenario: several settings that are wrong
      Given the switch BODY_BYTES_MAX is set to "1023"
      And the switch SHUTDOWN_S_MAX is set to "3600.5"
      And the switch LOG_FORMAT is set to "xml"
      When a server is started
      Then it ends with exit code 64
      And it says "BODY_BYTES_MAX: Input should be greater than or equal to 1024 (got '1023'); "
      And it says "SHUTDOWN_S_MAX: Input should be less than or equal to 3600 (got '3600.5')"
      And it says "LOG_FORMAT: Input should be 'auto', 'json' or 'console' (got 'xml'); "

    Scenario Outline: <database> as its database
      Given the switch DATABASE_URL is set to "<database>"
      When a server is started
      Then it ends with exit code <code>
      And it says "<words>"

      Examples:
        | database                      | code | words                                                             |
        | mysql://ada:hidden@there/base | 64   | Not a database URL: 'mysql://…@there/base'                        |
        | postgresql://127.0.0.1:1/base | 4    | The database postgresql+psycopg://127.0.0.1:1/base cannot be used |

    Scenario Outline: a database that <state>, <how>
      Given a server whose database <state>
      When a server <how>
      Then it ends with exit code 64
      And it says "<words>"

      Examples:
        | state                  | how                          | words                                           |
        | is empty               | is started without migrating | at revision none and this version needs 0013_   |
        | is of an older version | is started without migrating | at revision 0002_lunar_returns and this version |
        | is of a newer version  | is started                   | The migration could not run                     |

    Scenario: a port that is taken
      Given Ada has a natal chart
      When a server is started on the first server's port
      Then it ends with exit code 64
      And it says "Address already in use"
      And nothing else was changed
      And the server is well

  @SV-17 @target.process @both-databases
  Rule: However many servers start at once, the schema is created once

    @cost.seconds
    Scenario: two servers on an empty database
      Given a server whose database is empty
      When a server is started twice at once
      Then it says "2 of 2 serve"

  @SV-17 @target.process
  Rule: A command reports what it found or did, and exits with the documented code

    Scenario Outline: <command>, on a database that <state>
      Given a server whose database <state>
      When the operator runs "<command>"
      Then it ends with exit code <code>
      And it says "<words>"

      Examples:
        | state                  | command              | code | words                                |
        | is up to date          | db current           | 0    | expand: 0013_                        |
        | is empty               | db current           | 1    | expand: none (needs 0013_            |
        | is of an older version | db current           | 1    | expand: 0002_lunar_returns (needs    |
        | is up to date          | db upgrade           | 0    | already at 0013_                     |
        | is up to date          | db contract          | 64   | by `reference-app db cleanup-backup` |
        | is empty               | db contract          | 64   | run `reference-app db upgrade`       |
        | is empty               | db seed              | 64   | run `reference-app db upgrade`       |
        | is up to date          | db downgrade nowhere | 64   | The migration could not run          |
        | is up to date          | serve --host 0.0.0.0 | 64   | DEV_AUTH_BYPASS=1 is refused on 0.0. |

      @cost.seconds
      Examples: more
        | state                  | command           | code | words                       |
        | is of an older version | db upgrade        | 0    | upgraded to 0013_           |
        | is up to date          | db downgrade base | 0    | downgraded to base          |
        | is up to date          | serve --workers 0 | 64   | must be from 1 to 64, not 0 |
        | is up to date          | nonsense          | 64   | No such command             |
        | is up to date          | lunar-returns     | 64   | duplicates                  |
        | is up to date          | user              | 64   | create                      |
        | is up to date          | db                | 64   | downgrade                   |
