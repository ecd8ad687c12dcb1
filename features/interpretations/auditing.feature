Feature: Auditing the migration
  Before the operator lets go of the backup somebody must have looked at every text. A sample of a hundred finds a
  wrong text once in seventeen times; this audit looks at all of them, and names what is wrong.

  @LI-15 @both-databases @target.process
  Rule: The audit passes where every text is whole, and leaves nothing behind

    Scenario Outline: a database that <state>
      Given a server whose database <state>
      When the operator runs "audit-lunar-migration"
      Then it ends with exit code <code>
      And it says "<words>"
      And nothing else was changed

      Examples:
        | state                           | code | words                 |
        | was migrated                    | 0    | verdict: passed       |
        | was migrated, and has no backup | 5    | verdict: inconclusive |

      @cost.seconds
      Examples: more
        | state                           | code | words                          |
        | is up to date                   | 0    | verdict: passed                |
        | holds the first version's texts | 64   | run `reference-app db upgrade` |

  @LI-15 @both-databases @target.process
  Rule: Whatever is wrong is found and named

    Scenario Outline: a database that <state>
      Given a server whose database <state>
      When the operator runs "audit-lunar-migration"
      Then it ends with exit code 1
      And it says "<words>"
      And nothing else was changed

      Examples:
        | state                                                 | words                                                                 |
        | was migrated, and lost a text                         | Leo, house 5, ascendant Virgo, version 2, fr: missing                 |
        | was migrated, and has a text that differs by one byte | Leo, house 5, ascendant Virgo, version 2, fr: changed (template_text) |
        | was migrated, and has a text in the wrong language    | Leo, house 5, ascendant Virgo, version 2, fr: is under lang en        |
        | was migrated, and takes a text twice                  | a second text of the same key is taken: full                          |

      @cost.seconds
      Examples: more
        | state                                           | words                                                                |
        | was migrated, and has a text too many           | Ophiuchus, house 5, ascendant Virgo, version 2, fr: extra            |
        | was migrated, and has a text in the wrong house | Leo, house 5, ascendant Virgo, version 2, fr: is under moon_house 13 |
        | was migrated, and lacks an index                | ix_lunar_interpretation_templates_lookup: missing                    |
        | was migrated, and lost a text of its backup     | backup: Leo, house 5, ascendant Virgo, version 2, fr: missing        |

  @LI-15 @target.process
  Rule: Whatever differs in a single column or index is found, too

    Scenario Outline: a database that <state>
      Given a server whose database <state>
      When the operator runs "audit-lunar-migration"
      Then it ends with exit code 1
      And it says "<words>"
      And nothing else was changed

      @cost.seconds
      Examples:
        | state                                                                 | words                                                                               |
        | was migrated, and has a text with a blank less at its end             | Leo, house 5, ascendant Virgo, version 2, fr: changed (template_text)               |
        | was migrated, and has a text without its advice                       | Leo, house 5, ascendant Virgo, version 2, fr: changed (weekly_advice_template)      |
        | was migrated, and has a text of another date                          | Leo, house 5, ascendant Virgo, version 2, fr: changed (updated_at)                  |
        | was migrated, and has two texts in each other's houses                | Leo, house 6, ascendant Virgo, version 2, fr: changed (template_text                |
        | was migrated, and has an index of other columns                       | ix_lunar_interpretation_templates_lookup: is (moon_sign, moon_house), and should be |
        | was migrated, and takes a text twice where nothing says of what it is | a second text of the same key is taken: focus                                       |
        | was migrated, and has a text twice                                    | Leo, house 5, ascendant Virgo, version 2, fr: there 2 times                         |
        | was migrated, and has another length in its backup                    | backup: Leo, house 5, ascendant Virgo, version 2, fr: changed (length)              |
        | was migrated, and has an empty backup                                 | backup: Leo, house 5, ascendant Virgo, version 2, fr: missing                       |
        | was migrated, and lost what the first version wrote                   | backup: Leo, house 5, ascendant Virgo, version 2, fr: extra                         |
