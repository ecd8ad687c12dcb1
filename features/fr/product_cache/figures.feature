# language: fr
Fonctionnalité: Ce que le cache dit de lui-même
  L'exploitant justifie le coût du cache par son usage. Les chiffres sont ceux des requêtes du rapport de la source,
  exécutées sur les tables au même moment.

  @PC-7 @both-databases
  Règle: Les chiffres de chaque cache sont ceux des requêtes de la source, exécutées à côté

    Scénario: des entrées des deux caches, dont certaines ont expiré
      Étant donné qu'Ada a un compte
      Et que le cache contient ces entrées
        | cache      | entrée   | expiration       | réutilisations |
        | recherches | search-a | dans 24 heures   | 5              |
        | recherches | search-b | il y a 1 heure   | 2              |
        | recherches | search-c | il y a 1 seconde | 0              |
        | scores     | score-a  | dans 6 heures    | 1              |
        | scores     | score-b  | il y a 1 heure   | 0              |
      Quand Ada demande les chiffres du cache
      Alors Ada reçoit les chiffres des requêtes de la source
      Et Ada reçoit 3 recherches réutilisées 7 fois, dont 2 expirées
      Et Ada reçoit 2 scores réutilisés 1 fois, dont 1 expiré
      Et rien d'autre n'a changé

    Scénario: un cache vide
      Étant donné qu'Ada a un compte
      Quand Ada demande les chiffres du cache
      Alors Ada reçoit les chiffres des requêtes de la source
      Et Ada reçoit 0 recherches réutilisées 0 fois, dont 0 expirées
      Et Ada reçoit 0 scores réutilisés 0 fois, dont 0 expirés
      Et Ada reçoit aucune part de réutilisations
      Et rien d'autre n'a changé

    Scénario: plus d'entrées que les dix les plus réutilisées
      Étant donné qu'Ada a un compte
      Et qu'Ada a 12 recherches et 12 scores, réutilisés de 0 à 11 fois
      Quand Ada demande les chiffres du cache
      Alors Ada reçoit les chiffres des requêtes de la source
      Et Ada reçoit les 10 entrées les plus réutilisées de chaque cache
      Et rien d'autre n'a changé

    Scénario: après une purge
      Étant donné qu'Ada a un compte
      Et que le cache contient 40 recherches, utilisées 3 fois chacune et dont les 30 premières sont expirées
      Et que l'exploitant lance "cache cleanup"
      Quand Ada demande les chiffres du cache
      Alors Ada reçoit les chiffres des requêtes de la source
      Et Ada reçoit 10 recherches réutilisées 30 fois, dont 0 expirées

  @PC-7 @both-databases
  Règle: La part des réutilisations est celle des demandes faites, chaque cache pris séparément

    Plan du Scénario: <demandes>
      Étant donné que le service amont va bien
      Et qu'Ada a <demandes>
      Quand Ada demande les chiffres du cache
      Alors Ada reçoit <part>

      Exemples:
        | demandes                                      | part                                                           |
        | 1 recherche sans succès et 3 servies du cache | une part de 0.75 pour les recherches et aucune pour les scores |
        | 3 recherches sans succès et 1 servie du cache | une part de 0.25 pour les recherches et aucune pour les scores |

    @workers.2 @target.process @cost.seconds
    Scénario: deux processus
      Étant donné que le service amont va bien
      Et un serveur à 2 processus
      Et qu'Ada a 1 recherche sans succès et 39 servies du cache
      Quand Ada demande les chiffres du cache
      Alors Ada reçoit une part de 0.975 pour les recherches et aucune pour les scores

    Scénario: une absence de chaque cache
      Étant donné que le service amont va bien
      Et qu'Ada a 1 recherche sans succès
      Et qu'Ada demande les scores de B0STRONG01
      Quand Ada demande les chiffres du cache
      Alors Ada reçoit une part de 0 pour les recherches et de 0 pour les scores

    Scénario: des scores seuls
      Étant donné que le service amont va bien
      Et qu'Ada demande les scores de B0STRONG01 et B0BUY00001
      Et qu'Ada demande les scores de B0STRONG01 et B0BUY00001
      Quand Ada demande les chiffres du cache
      Alors Ada reçoit aucune part pour les recherches et de 0.5 pour les scores

    Scénario: une purge oublie des entrées, et aucune réutilisation
      Étant donné que le service amont va bien
      Et qu'Ada a 1 recherche sans succès et 3 servies du cache
      Et que le cache contient ces entrées
        | cache      | entrée         | expiration     | réutilisations |
        | recherches | catégorie 1000 | il y a 1 heure | 3              |
      Et que l'exploitant lance "cache cleanup"
      Quand Ada demande les chiffres du cache
      Alors Ada reçoit une part de 0.75 pour les recherches et aucune pour les scores
      Et Ada reçoit 0 recherches réutilisées 0 fois, dont 0 expirées

    Scénario: les demandes qui échouent sont des absences
      Étant donné que le service amont va bien
      Et qu'Ada a 1 recherche sans succès et 1 servie du cache
      Et que le service amont répond 400
      Et qu'Ada essaie de demander les produits de la catégorie 3000
      Et qu'Ada essaie de demander les produits de la catégorie 3000
      Quand Ada demande les chiffres du cache
      Alors Ada reçoit une part de 0.25 pour les recherches et aucune pour les scores
