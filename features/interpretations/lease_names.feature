Feature: What tasks and holders are called
  Names come from people, from lists and from programs. They are kept as they were typed, and a name that nobody could
  read, or that a terminal would obey, is refused.

  @LI-17
  Rule: A name is kept as it is

    Scenario Outline: names as people write them: <task>
      Given today is "2026-03-01T12:00:00Z"
      When the operator runs "lease start <task> <holder>"
      Then it ends with exit code 0
      And the leases are
        | task       | holder         | state | started  | heard of | expires  | completed |
        | <its_name> | <holders_name> | held  | 12:00:00 | 12:00:00 | 12:05:00 | -         |
      And nothing else was changed

      Examples:
        | task           | its_name     | holder         | holders_name |
        | 'café à Paris' | café à Paris | 'Zoé & 👩'      | Zoé & 👩      |
        | '月; DROP --'   | 月; DROP --   | 'नमस्ते %s {}' | नमस्ते %s {} |

  @LI-17
  Rule: A command that is called wrongly changes nothing

    Scenario Outline: <command>
      Given today is "2026-03-01T12:00:00Z"
      And the operator runs "lease start moon Ada"
      When the operator runs "lease <command>"
      Then it ends with exit code 64
      And it says "<words>"
      And the leases are
        | task | holder | state | started  | heard of | expires  | completed |
        | moon | Ada    | held  | 12:00:00 | 12:00:00 | 12:05:00 | -         |
      And nothing else was changed

      Examples:
        | command          | words     |
        | start '' Grace   | printable |
        | complete moon '' | printable |
        | start sun        | HOLDER    |

      @cost.seconds
      Examples: more
        | command                 | words     |
        | start sun ' Grace'      | printable |
        | start sun Grace --ttl 0 | --ttl     |
