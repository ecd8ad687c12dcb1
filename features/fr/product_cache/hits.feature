# language: fr
Fonctionnalité: Compter les réutilisations d'une entrée
  Le nombre de réutilisations dit si le cache se rentabilise. Le service de la source lisait le compte, ajoutait un et
  l'écrivait : à deux utilisateurs en même temps, il en perdait. Ici, aucune n'est perdue.

  @PC-3 @both-databases
  Règle: Une réutilisation ajoute exactement un, à l'entrée réutilisée

    Scénario: cinq réutilisations, l'une après l'autre
      Étant donné que le service amont va bien
      Et qu'Ada demande les produits de la catégorie 1000
      Et qu'Ada demande les produits de la catégorie 2000
      Quand Ada demande les produits de la catégorie 1000, 5 fois de suite
      Alors Ada reçoit des comptes de 1, 2, 3, 4 et 5
      Et le cache contient ces entrées
        | cache      | entrée         | expiration     | réutilisations |
        | recherches | catégorie 1000 | dans 24 heures | 5              |
        | recherches | catégorie 2000 | dans 24 heures | 0              |
      Et rien d'autre n'a changé

    Scénario: la première demande n'est pas une réutilisation
      Étant donné que le service amont va bien
      Et qu'Ada a un compte
      Quand Ada demande les produits de la catégorie 1000
      Alors Ada reçoit ce que le service amont a trouvé
      Et le cache contient ces entrées
        | cache      | entrée         | expiration     | réutilisations |
        | recherches | catégorie 1000 | dans 24 heures | 0              |
      Et rien d'autre n'a changé

    Scénario: réutilisations d'une entrée par deux personnes
      Étant donné que le service amont va bien
      Et qu'Ada demande les produits de la catégorie 1000
      Et que Grace demande les produits de la catégorie 1000
      Quand Ada demande les produits de la catégorie 1000
      Alors Ada reçoit ce que contient le cache
      Et le cache contient ces entrées
        | cache      | entrée         | expiration     | réutilisations |
        | recherches | catégorie 1000 | dans 24 heures | 2              |
      Et rien d'autre n'a changé

    Scénario: un produit demandé deux fois dans une demande est réutilisé une fois
      Étant donné que le service amont va bien
      Et qu'Ada demande les scores de B0STRONG01 et B0BUY00001
      Quand Ada demande les scores de B0STRONG01, B0BUY00001 et B0STRONG01
      Alors Ada reçoit les scores déjà en cache
      Et le cache contient ces entrées
        | cache  | entrée     | expiration    | réutilisations |
        | scores | B0STRONG01 | dans 6 heures | 1              |
        | scores | B0BUY00001 | dans 6 heures | 1              |
      Et rien d'autre n'a changé

    Scénario: une demande refusée n'est pas une réutilisation
      Étant donné que le service amont va bien
      Et qu'Ada demande les scores de B0STRONG01
      Et que le service amont répond 500
      Quand Ada essaie de demander les scores de B0STRONG01 et B0BUY00001
      Alors Ada est refusée avec 503 "Missing: B0BUY00001."
      Et Ada reçoit un refus dans le délai
      Et le cache contient ces entrées
        | cache  | entrée     | expiration    | réutilisations |
        | scores | B0STRONG01 | dans 6 heures | 0              |
      Et rien d'autre n'a changé

  @PC-3 @both-databases @target.process
  Règle: Quel que soit le nombre de ceux qui réutilisent une entrée en même temps, chaque réutilisation est comptée une fois

    Plan du Scénario: 50 clients avec 20 réutilisations chacun d'une recherche, <processus>
      Étant donné que le service amont va bien
      Et un serveur à <processus>
      Et que l'option DATABASE_S_MAX vaut "60"
      Et qu'Ada demande les produits de la catégorie 1000
      Quand Ada demande les produits de la catégorie 1000 20 fois avec chacun de 50 clients
      Alors toutes les 1000 sont acceptées
      Et le cache contient ces entrées
        | cache      | entrée         | expiration     | réutilisations |
        | recherches | catégorie 1000 | dans 24 heures | 1000           |
      Et rien d'autre n'a changé

      Exemples: un processus
        | processus   |
        | 1 processus |

      @workers.2 @cost.seconds
      Exemples: deux processus
        | processus   |
        | 2 processus |

    @cost.seconds
    Scénario: 50 clients avec 20 réutilisations chacun de deux scores
      Étant donné que le service amont va bien
      Et que l'option DATABASE_S_MAX vaut "60"
      Et qu'Ada demande les scores de B0STRONG01 et B0BUY00001
      Quand Ada demande les scores de B0STRONG01 et B0BUY00001 20 fois avec chacun de 50 clients
      Alors toutes les 1000 sont acceptées
      Et le cache contient ces entrées
        | cache  | entrée     | expiration    | réutilisations |
        | scores | B0STRONG01 | dans 6 heures | 1000           |
        | scores | B0BUY00001 | dans 6 heures | 1000           |
      Et rien d'autre n'a changé
