# language: fr
Fonctionnalité: À qui est l'article
  Là où seuls les utilisateurs écrivent, un article appartient à celui qui l'a créé. Les autres le lisent, mais ne
  peuvent ni le modifier ni le supprimer ; un administrateur le peut.

  @AR-27
  Règle: Là où seuls les utilisateurs écrivent, un article est modifié et supprimé par celui qui l'a créé et par les administrateurs

    Scénario: l'article de quelqu'un d'autre
      Étant donné que l'option ARTICLES_REQUIRE_AUTH vaut "1"
      Et qu'Ada a un compte
      Et que Grace a un compte
      Quand Ada demande, l'un après l'autre
        | demande      | réponse | avec            |
        | créer A      | 201     | id 0, version 1 |
        | créer B et C | 201     | ids 1 2         |
      Et Grace demande, l'un après l'autre
        | demande                        | réponse | avec                      |
        | l'article 0                    | 200     | title A                   |
        | changer 0 en D                 | 403     | dit Only its owner        |
        | changer 0 en D, à la version 1 | 403     | dit Only its owner        |
        | changer 0 en D, à la version 7 | 403     | dit Only its owner        |
        | supprimer 0                    | 403     | dit Only its owner        |
        | supprimer 2                    | 403     | dit Only its owner        |
        | changer 3 en D                 | 404     | dit no article of this id |
        | créer E                        | 201     | id 3                      |
        | changer 3 en F                 | 200     | version 2                 |
      Alors Grace reçoit ce qui y est dit
      Et le journal a des événements de ces types
        | type           | événements |
        | ArticleCreated | 4          |
        | ArticleUpdated | 1          |
      Et rien d'autre n'a changé

    Scénario: ses propres articles
      Étant donné que l'option ARTICLES_REQUIRE_AUTH vaut "1"
      Et qu'Ada a un compte
      Quand Ada demande, l'un après l'autre
        | demande        | réponse | avec      |
        | créer A et B   | 201     | ids 0 1   |
        | changer 0 en C | 200     | version 2 |
        | changer 0 en D | 200     | version 3 |
        | supprimer 1    | 204     |           |
      Alors Ada reçoit ce qui y est dit

    Scénario: un administrateur
      Étant donné que l'option ARTICLES_REQUIRE_AUTH vaut "1"
      Et qu'Ada a un compte
      Et que Grace a un compte d'administrateur
      Quand Ada demande, l'un après l'autre
        | demande | réponse | avec |
        | créer A | 201     | id 0 |
      Et Grace demande, l'un après l'autre
        | demande        | réponse | avec                      |
        | changer 0 en B | 200     | version 2                 |
        | supprimer 0    | 204     |                           |
        | l'article 0    | 404     | dit no article of this id |
      Alors Grace reçoit ce qui y est dit

    @target.process
    Scénario: un utilisateur et un article qui n'appartient à personne
      Étant donné qu'Ada a un compte
      Et qu'il y a 3 articles
      Et que l'option ARTICLES_REQUIRE_AUTH vaut "1"
      Quand le premier serveur redémarre
      Et Ada demande, l'un après l'autre
        | demande        | réponse | avec               |
        | changer 0 en B | 403     | dit Only its owner |
        | supprimer 2    | 403     | dit Only its owner |
        | créer D        | 201     | id 3               |
        | supprimer 3    | 204     |                    |
      Alors Ada reçoit ce qui y est dit

    @target.process
    Scénario: un administrateur et un article qui n'appartient à personne
      Étant donné que Grace a un compte d'administrateur
      Et qu'il y a 3 articles
      Et que l'option ARTICLES_REQUIRE_AUTH vaut "1"
      Quand le premier serveur redémarre
      Et Grace demande, l'un après l'autre
        | demande        | réponse | avec      |
        | changer 0 en C | 200     | version 2 |
        | supprimer 1    | 204     |           |
      Alors Grace reçoit ce qui y est dit

    Scénario: le compte de son propriétaire est supprimé
      Étant donné que l'option ARTICLES_REQUIRE_AUTH vaut "1"
      Et qu'Ada a un compte
      Et qu'Ada envoie un article
      Et qu'Ada supprime son compte
      Et que Grace a un compte
      Quand Grace demande, l'un après l'autre
        | demande        | réponse | avec               |
        | l'article 0    | 200     | version 1          |
        | changer 0 en B | 403     | dit Only its owner |
        | supprimer 0    | 403     | dit Only its owner |
      Alors Grace reçoit ce qui y est dit
      Et rien d'autre n'a changé
