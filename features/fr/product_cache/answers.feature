# language: fr
Fonctionnalité: Ce qui est trouvé, et ce que cela vaut
  Un acheteur demande des produits, et ce que chacun vaut à l'achat. La réponse dit d'où elle vient et jusqu'à quand
  elle est bonne.

  @PC-5 @both-databases
  Règle: Une absence enregistre ce que dit le service amont et le rend ; une réutilisation n'interroge personne

    Scénario: une recherche que personne n'a faite avant
      Étant donné que le service amont va bien
      Et qu'Ada a un compte
      Quand Ada demande les produits de la catégorie 1000
      Alors Ada reçoit ce que le service amont a trouvé
      Et 1 recherche a atteint le service amont
      Et le cache contient ces entrées
        | cache      | entrée         | expiration     | réutilisations |
        | recherches | catégorie 1000 | dans 24 heures | 0              |
      Et rien d'autre n'a changé

    Scénario: la même recherche une fois de plus, alors que le service amont trouverait autre chose
      Étant donné que le service amont va bien
      Et qu'Ada demande les produits de la catégorie 1000
      Et que le service amont trouve désormais d'autres produits
      Quand Ada demande les produits de la catégorie 1000
      Alors Ada reçoit ce que contient le cache
      Et 0 recherches a atteint le service amont
      Et rien d'autre n'a changé

    Scénario: la recherche d'une autre personne est à tous
      Étant donné que le service amont va bien
      Et qu'Ada demande les produits de la catégorie 1000
      Et que Grace demande les produits de la catégorie 2000
      Quand Grace demande les produits de la catégorie 1000
      Alors Grace reçoit ce que contient le cache
      Et 0 recherches a atteint le service amont
      Et rien d'autre n'a changé

    Plan du Scénario: une recherche qui trouve <trouvé>
      Étant donné que le service amont va bien
      Quand Ada envoie une recherche <laquelle>
      Alors Ada reçoit <nombre>
      Et 1 recherche a atteint le service amont

      Exemples:
        | trouvé             | laquelle           | nombre     |
        | rien               | qui ne trouve rien | 0 produit  |
        | ce qui coûte assez | entre deux prix    | 2 produits |

      @cost.seconds
      Exemples: suite
        | trouvé                               | laquelle                 | nombre      |
        | plus que n'en contient une page      | de 55 produits au plus   | 55 produits |
        | ce qui se vend assez bien            | entre deux rangs         | 3 produits  |
        | un produit                           | d'un seul produit        | 1 produit   |
        | ce qui coûte exactement autant       | entre un prix et le même | 1 produit   |
        | ce qui se vend exactement aussi bien | entre un rang et le même | 1 produit   |
        | plus que voulu                       | de 10 produits au plus   | 10 produits |
        | moins que voulu                      | de 100 produits au plus  | 60 produits |

    Scénario: une recherche sans clé de service amont, en développement
      Étant donné que l'option KEEPA_API_KEY n'est pas définie
      Quand Ada demande les produits de la catégorie 1000
      Alors Ada reçoit des produits du catalogue

    Scénario: une recherche sans clé de service amont, en production
      Étant donné un serveur dont l'environnement est "production"
      Et que l'option KEEPA_API_KEY n'est pas définie
      Et qu'Ada a un compte
      Quand Ada essaie de demander les produits de la catégorie 1000
      Alors Ada est refusée avec 503 "has no access to a service that is needed for this"
      Et Ada reçoit un refus aussitôt
      Et rien d'autre n'a changé

  @PC-5 @both-databases
  Règle: Les scores découlent de ce que le service amont dit de chaque produit, et chacun est demandé une fois

    Plan du Scénario: <laquelle>
      Étant donné que le service amont va bien
      Et qu'Ada a un compte
      Quand Ada demande les scores de <asins>
      Alors Ada reçoit les scores du service amont
      Et <nombre> produits demandés ont atteint le service amont
      Et rien d'autre n'a changé

      Exemples:
        | laquelle                                  | asins                                            | nombre |
        | un produit de chaque recommandation       | B0STRONG01, B0BUY00001, B0CONSID01 et B0SKIP0001 | 4      |
        | des produits dont il manque quelque chose | B0NOPRICE1, B0NOAVG001, B0NORANK01 et B0NOTITLE1 | 4      |
        | un produit nommé deux fois                | B0BUY00001, B0SKIP0001 et B0BUY00001             | 2      |

      @cost.seconds
      Exemples: suite
        | laquelle                                       | asins                                | nombre |
        | des produits aux limites                       | B0ATSTRONG, B0ATBUY001 et B0ATCONSI1 | 3      |
        | un produit que personne ne connaît             | B0MISSING1 et B0BUY00001             | 2      |
        | des produits qui rapportent trop peu           | B0BELOWST1, B0BELOWBU1 et B0BELOWCO1 | 3      |
        | des produits qui se vendent trop lentement     | B0BELOWST2, B0BELOWBU2 et B0BELOWCO2 | 3      |
        | un produit sans aucun rang                     | B0RANK0001                           | 1      |
        | un produit qui ne coûte rien                   | B0ZERO0001                           | 1      |
        | des produits qui coûtent trop cher             | B0DEAREST1 et B0TOODEAR1             | 2      |
        | un produit au nom trop long                    | B0LONGNAME                           | 1      |
        | seulement des produits que personne ne connaît | B0MISSING1 et B0MISSING2             | 2      |

    Scénario: certains des scores sont en cache
      Étant donné que le service amont va bien
      Et qu'Ada demande les scores de B0STRONG01 et B0BUY00001
      Quand Ada demande les scores de B0BUY00001, B0SKIP0001 et B0STRONG01
      Alors Ada reçoit les scores du service amont
      Et 1 produit demandé a atteint le service amont
      Et le cache contient ces entrées
        | cache  | entrée     | expiration    | réutilisations |
        | scores | B0STRONG01 | dans 6 heures | 1              |
        | scores | B0BUY00001 | dans 6 heures | 1              |
        | scores | B0SKIP0001 | dans 6 heures | 0              |
      Et rien d'autre n'a changé

    Scénario: un produit que personne ne connaît, demandé à nouveau
      Étant donné que le service amont va bien
      Et qu'Ada demande les scores de B0MISSING1
      Quand Ada demande les scores de B0MISSING1 et B0BUY00001
      Alors Ada reçoit les scores du service amont
      Et 1 produit demandé a atteint le service amont
      Et rien d'autre n'a changé

    Scénario: cent scores en une demande
      Étant donné que le service amont va bien
      Et qu'Ada a un compte
      Quand Ada envoie une demande de 100 scores
      Alors Ada reçoit 100 scores de produits
      Et 1 demande de produits a atteint le service amont
      Et rien d'autre n'a changé
