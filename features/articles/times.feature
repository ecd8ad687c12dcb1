Feature: When clocks and owners are not what they seem
  A server runs in some time zone, its clock may be set, and its machine may pause it. None of that may affect
  the log.

  @AR-10 @target.process
  Rule: The time of an event is that of the server's clock, in UTC, wherever the server stands

    Scenario: a server in New York
      Given the switch TZ is set to "America/New_York"
      When Ada asks, one after the other
        | asks                      | answered | with                      |
        | to create A               | 201      | id 0, created_at now      |
        | to change 0 to B          | 200      | version 2, created_at now |
        | to save CommentAdded of 0 | 201      | seq 2, ts now             |
        | article 0                 | 200      | created_at now            |
      Then Ada is answered as it says there
      And the log is whole
      And nothing else was changed

  @AR-10 @target.inprocess
  Rule: Times follow the server's clock and rise strictly, even when it steps back

    Scenario: an hour back between two articles
      Given today is "2026-03-29"
      And there are 3 articles
      When the server has its clock put back by 1 hour
      And I create 3 articles quickly
      Then the log is whole
      And 6 articles are there
      And nothing else was changed

    Scenario: an hour forward between two articles, and back again
      Given today is "2026-03-29"
      And there are 3 articles
      When the server has its clock put forward by 1 hour
      And Ada asks, one after the other
        | asks                      | answered | with                 |
        | to create A               | 201      | id 3, created_at now |
        | to save CommentAdded of 3 | 201      | seq 4, ts now        |
        | to change 0 to B          | 200      | version 2            |
      Then Ada is answered as it says there
      When the server has its clock put back by 1 hour
      And Grace asks, one after the other
        | asks                      | answered | with                   |
        | to create C               | 201      | id 4                   |
        | to save CommentAdded of 4 | 201      | seq 7                  |
        | the articles              | 200      | ids 0 1 2 3 4, total 5 |
        | what the log holds        | 200      | events 8, last_seq 7   |
      Then Grace is answered as it says there
      And the log is whole
      And nothing else was changed

  @AR-10
  Rule: Only the server itself writes events of articles

    Scenario: an event under a type of articles
      Given there is 1 article
      When Ada asks, one after the other
        | asks                                                 | answered | with                                                                                          |
        | to save ArticleCreated of 7                          | 422      | says type                                                                                     |
        | to save ArticleLiked of 0                            | 422      | says type                                                                                     |
        | to save Article of 0                                 | 422      | says type                                                                                     |
        | to save UserCreated of ada                           | 201      | seq 1, type UserCreated, entity_id ada                                                        |
        | to save articleLiked of 0                            | 201      | seq 2                                                                                         |
        | to save a type of 100 characters of an entity of 200 | 201      | seq 3                                                                                         |
        | to save a type of 101 characters of an entity of 200 | 422      | says type                                                                                     |
        | to save a type of 100 characters of an entity of 201 | 422      | says entity_id                                                                                |
        | what the log holds                                   | 200      | events 4, last_seq 3, by_type.UserCreated 1, by_type.articleLiked 1, by_type.ArticleCreated 1 |
      Then Ada is answered as it says there
      And the log is whole
      And nothing else was changed

  @AR-18 @target.process
  Rule: A paused process still owns its folder

    @cost.minute
    Scenario: a second owner while the first is frozen
      Given there are 30 articles
      When the first server is frozen
      And a server is started
      Then it ends with exit code 4
      And it says "is owned by process"
      When the first server goes on
      Then 30 articles are there
      And the log is whole
      And nothing else was changed

    @cost.seconds
    Scenario Outline: a second owner when the first <what>
      Given there are 30 articles
      When the first server <what>
      And a server is started
      Then it ends with exit code 4
      And it says "is owned by another process"
      And 30 articles are there
      And nothing else was changed

      Examples:
        | what                             |
        | loses its lock file              |
        | has its lock file cut to nothing |
