Feature: Whose article it is
  Where only users write, an article belongs to the user who created it. Others read it, but cannot change or delete
  it; an administrator can.

  @AR-27
  Rule: Where only users write, an article is changed and deleted by the user who created it and by administrators

    Scenario: somebody else's article
      Given the switch ARTICLES_REQUIRE_AUTH is set to "1"
      And Ada has an account
      And Grace has an account
      When Ada asks, one after the other
        | asks              | answered | with            |
        | to create A       | 201      | id 0, version 1 |
        | to create B and C | 201      | ids 1 2         |
      And Grace asks, one after the other
        | asks                           | answered | with                       |
        | article 0                      | 200      | title A                    |
        | to change 0 to D               | 403      | says Only its owner        |
        | to change 0 to D, of version 1 | 403      | says Only its owner        |
        | to change 0 to D, of version 7 | 403      | says Only its owner        |
        | to delete 0                    | 403      | says Only its owner        |
        | to delete 2                    | 403      | says Only its owner        |
        | to change 3 to D               | 404      | says no article of this id |
        | to create E                    | 201      | id 3                       |
        | to change 3 to F               | 200      | version 2                  |
      Then Grace is answered as it says there
      And the log has events of these types
        | type           | events |
        | ArticleCreated | 4      |
        | ArticleUpdated | 1      |
      And nothing else was changed

    Scenario: her own articles
      Given the switch ARTICLES_REQUIRE_AUTH is set to "1"
      And Ada has an account
      When Ada asks, one after the other
        | asks              | answered | with      |
        | to create A and B | 201      | ids 0 1   |
        | to change 0 to C  | 200      | version 2 |
        | to change 0 to D  | 200      | version 3 |
        | to delete 1       | 204      |           |
      Then Ada is answered as it says there

    Scenario: an administrator
      Given the switch ARTICLES_REQUIRE_AUTH is set to "1"
      And Ada has an account
      And Grace has an administrator's account
      When Ada asks, one after the other
        | asks        | answered | with |
        | to create A | 201      | id 0 |
      And Grace asks, one after the other
        | asks             | answered | with                       |
        | to change 0 to B | 200      | version 2                  |
        | to delete 0      | 204      |                            |
        | article 0        | 404      | says no article of this id |
      Then Grace is answered as it says there

    @target.process
    Scenario: a user, and an article that nobody owns
      Given Ada has an account
      And there are 3 articles
      And the switch ARTICLES_REQUIRE_AUTH is set to "1"
      When the first server is started again
      And Ada asks, one after the other
        | asks             | answered | with                |
        | to change 0 to B | 403      | says Only its owner |
        | to delete 2      | 403      | says Only its owner |
        | to create D      | 201      | id 3                |
        | to delete 3      | 204      |                     |
      Then Ada is answered as it says there

    @target.process
    Scenario: an administrator, and an article that nobody owns
      Given Grace has an administrator's account
      And there are 3 articles
      And the switch ARTICLES_REQUIRE_AUTH is set to "1"
      When the first server is started again
      And Grace asks, one after the other
        | asks             | answered | with      |
        | to change 0 to C | 200      | version 2 |
        | to delete 1      | 204      |           |
      Then Grace is answered as it says there

    Scenario: the account of its owner is deleted
      Given the switch ARTICLES_REQUIRE_AUTH is set to "1"
      And Ada has an account
      And Ada sends an article
      And Ada deletes the account
      And Grace has an account
      When Grace asks, one after the other
        | asks             | answered | with                |
        | article 0        | 200      | version 1           |
        | to change 0 to B | 403      | says Only its owner |
        | to delete 0      | 403      | says Only its owner |
      Then Grace is answered as it says there
      And nothing else was changed
