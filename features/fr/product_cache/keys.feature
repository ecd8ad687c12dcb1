# language: fr
Fonctionnalité: Une clé pour une question
  La même question s'écrit de bien des façons, par bien des clients. Chaque façon d'écrire qui reçoit sa propre clé
  coûte des jetons pour une réponse déjà là.

  @PC-6 @both-databases
  Règle: Des requêtes égales ont des clés égales

    Plan du Scénario: la même recherche <écrite>
      Étant donné qu'Ada envoie une recherche
      Quand Ada envoie une recherche <écrite>
      Alors Ada reçoit la clé d'avant
      Et Ada reçoit ce que contient le cache
      Et rien d'autre n'a changé

      Exemples:
        | écrite                                 |
        | avec ses champs dans un autre ordre    |
        | avec des blancs entre ses champs       |
        | avec 1e1 pour 10                       |
        | avec null pour la catégorie            |
        | avec le nombre de résultats par défaut |

      @cost.seconds
      Exemples: suite
        | écrite                                 |
        | avec 10.0 pour 10                      |
        | avec 10.00 pour 10                     |
        | avec 50.50 pour 50.5                   |
        | avec 20.0 pour 20                      |
        | avec null pour le nombre de résultats  |

    Scénario: le service amont n'est pas interrogé pour une recherche écrite autrement
      Étant donné que le service amont va bien
      Et qu'Ada envoie une recherche
      Quand Ada envoie une recherche avec ses champs dans un autre ordre
      Alors Ada reçoit la clé d'avant
      Et Ada reçoit ce que contient le cache
      Et 0 recherches a atteint le service amont
      Et rien d'autre n'a changé

    Scénario: des scores dans un autre ordre
      Étant donné que le service amont va bien
      Et qu'Ada demande les scores de B0STRONG01 et B0BUY00001
      Quand Ada demande les scores de B0BUY00001 et B0STRONG01
      Alors Ada reçoit les scores déjà en cache
      Et 0 produits demandés a atteint le service amont
      Et rien d'autre n'a changé

  @PC-6 @both-databases
  Règle: Des requêtes différentes ont des clés différentes

    Plan du Scénario: une autre recherche, <écrite>
      Étant donné que le service amont va bien
      Et qu'Ada envoie une recherche
      Quand Ada envoie une recherche <écrite>
      Alors Ada reçoit une autre clé qu'avant
      Et Ada reçoit ce que le service amont a trouvé
      Et 1 recherche a atteint le service amont
      Et rien d'autre n'a changé

      Exemples:
        | écrite                                |
        | dans un autre domaine                 |
        | dans une catégorie                    |
        | avec 10.01 pour 10                    |
        | avec un résultat de plus              |
        | avec ses bornes inférieures échangées |
        | avec un rang de moins                 |
        | sans prix minimum                     |

      @cost.seconds
      Exemples: suite
        | écrite                                |
        | avec 11 pour 10                       |
        | avec 50.51 pour 50.5                  |
        | avec un rang de plus                  |
        | sans rang maximum                     |
        | avec 0 pour prix minimum              |

  @PC-6
  Règle: Une requête qui n'a pas de sens est refusée avec le nom du champ, et n'interroge personne

    Plan du Scénario: une recherche <erreur>
      Étant donné qu'Ada a un compte
      Quand Ada envoie une recherche <erreur>
      Alors Ada apprend que le champ "<champ>" est incorrect
      Et rien d'autre n'a changé

      Exemples:
        | erreur                                   | champ       |
        | sans domaine                             | domain      |
        | dont le domaine est 7                    | domain      |
        | dont le domaine est null                 | domain      |
        | dont la catégorie dépasse 64 bits        | category    |
        | dont le rang minimum est une liste       | bsr_min     |
        | dont le rang maximum est négatif         | bsr_max     |
        | dont les rangs sont inversés             | bsr_max     |
        | dont le prix minimum est un texte        | price_min   |
        | dont le prix minimum a 3 décimales       | price_min   |
        | dont le prix maximum a 5000 chiffres     | price_max   |
        | d'aucun produit                          | max_results |
        | avec un champ que personne ne connaît    | surprise    |

      @cost.seconds
      Exemples: suite
        | erreur                                   | champ       |
        | dont le domaine est 0                    | domain      |
        | dont le domaine est 13                   | domain      |
        | dont le domaine est un texte             | domain      |
        | dont le domaine est vrai                 | domain      |
        | dont le domaine est une fraction         | domain      |
        | dont la catégorie est 0                  | category    |
        | dont la catégorie est négative           | category    |
        | dont la catégorie est un texte           | category    |
        | dont la catégorie est une fraction       | category    |
        | dont le rang minimum est 0               | bsr_min     |
        | dont le rang minimum est une fraction    | bsr_min     |
        | dont le prix minimum est négatif         | price_min   |
        | dont le prix minimum est vrai            | price_min   |
        | dont le prix minimum n'est pas un nombre | price_min   |
        | dont le prix maximum est infini          | price_max   |
        | dont le prix maximum est un objet        | price_max   |
        | dont les prix sont inversés              | price_max   |
        | de moins d'un produit                    | max_results |
        | d'un texte de produits                   | max_results |
        | d'un demi-produit                        | max_results |
        | de trop de produits                      | max_results |

    Plan du Scénario: une demande de scores <erreur>
      Étant donné qu'Ada a un compte
      Quand Ada envoie une demande de scores <erreur>
      Alors Ada apprend que le champ "<champ>" est incorrect
      Et rien d'autre n'a changé

      Exemples:
        | erreur                                    | champ    |
        | de 101 produits                           | asins    |
        | de null                                   | asins    |
        | d'un ASIN en minuscules                   | asins[0] |
        | d'un ASIN avec un NUL                     | asins[0] |
        | d'un bon ASIN et d'un mauvais             | asins[1] |
        | sans produits                             | asins    |

      @cost.seconds
      Exemples: suite
        | erreur                                    | champ    |
        | de rien                                   | asins    |
        | d'un texte                                | asins    |
        | de nombres                                | asins[0] |
        | d'un ASIN de 9 caractères                 | asins[0] |
        | d'un ASIN de 11 caractères                | asins[0] |
        | d'un ASIN vide                            | asins[0] |
        | d'un ASIN avec un saut de ligne           | asins[0] |
        | d'un ASIN avec une virgule                | asins[0] |
        | d'un ASIN avec une lettre hors de l'ASCII | asins[0] |

    Plan du Scénario: le service amont n'est pas interrogé pour <quoi>
      Étant donné que le service amont va bien
      Et qu'Ada a un compte
      Quand <qui> envoie <quoi>
      Alors <qui> est refusée avec <statut> "<mots>"
      Et 0 recherches a atteint le service amont
      Et 0 demandes de produits a atteint le service amont
      Et rien d'autre n'a changé

      Exemples:
        | qui      | quoi                                  | statut | mots        |
        | Ada      | une recherche dont le domaine est 7   | 422    |             |
        | Ada      | une demande de scores de 101 produits | 422    |             |
        | somebody | une recherche                         | 401    | Say who you |

      @cost.seconds
      Exemples: suite
        | qui      | quoi                                  | statut | mots        |
        | somebody | une demande de 100 scores             | 401    | Say who you |
        | somebody | une demande des chiffres du cache     | 401    | Say who you |
