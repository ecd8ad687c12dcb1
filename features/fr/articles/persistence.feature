# language: fr
Fonctionnalité: Ce qui est confirmé est gardé
  Un article confirmé doit figurer au journal : une fois, entier, à sa place. Le
  journal est un fichier que chacun peut lire et compter.

  @AR-1
  Règle: Chaque article créé est un événement dans le journal, et il n'en manque aucun

    Scénario: mille articles, l'un après l'autre
      Étant donné que la persistance est activée par défaut
      Et un serveur Lithair sur le port 20000 avec persistance "/tmp/lithair-articles"
      Quand je crée 1000 articles rapidement
      Alors le fichier events.raftlog doit exister
      Et le fichier events.raftlog doit contenir exactement 1000 événements
      Et le journal a des événements de ces types
        | type           | événements |
        | ArticleCreated | 1000       |
      Et le journal est intact
      Et 1000 articles sont là

  @AR-2
  Règle: Modifications et suppressions sont des événements comme les créations, et les articles restants y correspondent

    Scénario: cent créés, cinquante modifiés, vingt-cinq supprimés
      Étant donné qu'il y a 100 articles
      Quand je modifie 50 articles et j'en supprime 25 autres
      Alors le fichier events.raftlog doit contenir exactement 175 événements
      Et le journal a des événements de ces types
        | type           | événements |
        | ArticleCreated | 100        |
        | ArticleUpdated | 50         |
        | ArticleDeleted | 25         |
      Et 75 articles sont là
      Et le journal est intact
      Et rien d'autre n'a changé

  @AR-10
  Règle: Les événements de tous types se suivent dans un seul ordre, chacun horodaté après le précédent

    Scénario: la vie d'un article, et ce que d'autres en disent
      Étant donné que la persistance est activée par défaut
      Quand ces événements sont gardés dans cet ordre
        | type           | entité | objet     |
        | ArticleCreated | 0      |           |
        | UserCreated    | ada    |           |
        | ArticleUpdated | 0      |           |
        | CommentAdded   | 17     | article 0 |
        | ArticleDeleted | 0      |           |
      Alors le journal a ces événements, dans cet ordre
        | type           | entité | objet     |
        | ArticleCreated | 0      |           |
        | UserCreated    | ada    |           |
        | ArticleUpdated | 0      |           |
        | CommentAdded   | 17     | article 0 |
        | ArticleDeleted | 0      |           |
      Et le journal est intact
      Et 0 articles sont là
      Et rien d'autre n'a changé
