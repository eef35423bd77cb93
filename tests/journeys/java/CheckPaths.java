import java.io.BufferedReader;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertStore;
import java.security.cert.CertificateFactory;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;

/**
 * java CheckPaths.java CA: for each line "CERTIFICATE LIST INSTANT" of standard input says VALID or why not.
 * Instants are ISO 8601 in UTC; the list is the only one there is.
 */
public class CheckPaths {
    private final CertificateFactory factory;
    private final X509Certificate ca;

    CheckPaths(String ca) throws GeneralSecurityException, IOException {
        this.factory = CertificateFactory.getInstance("X.509");
        this.ca = read(ca);
    }

    public static void main(String[] arguments) throws Exception {
        CheckPaths check = new CheckPaths(arguments[0]);
        BufferedReader asked = new BufferedReader(new InputStreamReader(System.in));
        for (String line = asked.readLine(); line != null; line = asked.readLine()) {
            String[] words = line.split(" ");
            System.out.println(check.verdict(words[0], words[1], Instant.parse(words[2])));
        }
    }

    private String verdict(String certificate, String list, Instant at) throws GeneralSecurityException, IOException {
        PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(ca, null)));
        parameters.setDate(Date.from(at));
        try (InputStream opened = new FileInputStream(list)) {
            CollectionCertStoreParameters lists = new CollectionCertStoreParameters(List.of(factory.generateCRL(opened)));
            parameters.addCertStore(CertStore.getInstance("Collection", lists));
        }
        try {
            CertPathValidator.getInstance("PKIX").validate(factory.generateCertPath(List.of(read(certificate))), parameters);
            return "VALID";
        } catch (CertPathValidatorException refused) {
            return refused.getReason().toString();
        }
    }

    private X509Certificate read(String path) throws GeneralSecurityException, IOException {
        try (InputStream opened = new FileInputStream(path)) {
            return (X509Certificate) factory.generateCertificate(opened);
        }
    }
}
